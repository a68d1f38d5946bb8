import { InterruptionError } from '../errors.ts';

/** GitHub cancels a step with SIGINT, and 7.5 s later with SIGTERM; 2.5 s after that it kills. */
export function listenForCancellation(): AbortSignal {
  const cancellation = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => cancellation.abort(new InterruptionError(signal)));
  }
  return cancellation.signal;
}
