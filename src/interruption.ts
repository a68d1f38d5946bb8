import { InterruptionError } from './errors.ts';

/** What ends a program that a person or a supervisor has started. */
const usualSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** From now on these signals end nothing by themselves: the first aborts with an `InterruptionError`, and work cleans up. */
export function listenForSignals(signals: readonly (typeof usualSignals)[number][] = usualSignals): AbortController {
  const interruption = new AbortController();
  for (const signal of signals) process.on(signal, () => interruption.abort(new InterruptionError(signal)));
  return interruption;
}

/** A program that was given a channel ends when it closes: whoever started it has closed it, or was killed. */
export function endWithStarter(interruption: AbortController): void {
  if (process.channel === undefined) return;
  process.on('disconnect', () => interruption.abort(new InterruptionError('the end of the process that started it')));
  process.channel?.unref();
}
