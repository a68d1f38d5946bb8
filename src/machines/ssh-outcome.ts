import { CommandError } from '../errors.ts';
import type { Command, Outcome } from './machine.ts';
import type { SessionResult, SshSession } from './ssh-session.ts';

/** How the program ended, in the words of every machine. */
export function toOutcome({ end, stdout, stderr, seconds }: SessionResult, timedOut: boolean): Outcome {
  return {
    exitCode: end?.kind === 'exit' ? end.exitCode : null,
    signal: end?.kind === 'signal' ? end.signal : null,
    ...{ timedOut, stdout, stderr, seconds },
  };
}

/** What no program can be given is a program that cannot be started, as on the local machine. */
export function openOrRefuse(name: string, command: Command, open: () => SshSession): SshSession {
  try {
    return open();
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
    throw new CommandError({ ...command, machine: name, ...notEnded, stderr: thrown.message }, { cause: thrown });
  }
}

/** Of a program whose end nobody saw, or that was never started. */
export const notEnded = { exitCode: null, signal: null, timedOut: false, stdout: '' } as const;
