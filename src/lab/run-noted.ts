import { setTimeout as sleep } from 'node:timers/promises';
import { CommandError, lastLines } from '../errors.ts';
import { markProcess } from '../hosts/processes.ts';
import type { RunState } from '../hosts/run-state.ts';
import type { Command, Machine, Outcome } from '../machines/machine.ts';

export interface LongStep {
  readonly machine: Machine;
  /** Is told of the process, so that the next `up` or `down` ends it when we are killed. */
  readonly state: RunState;
  /** Completes the sentence "the ... failed". */
  readonly what: string;
  readonly command: Command;
  /** Collects what the program says. */
  readonly logFile: string;
  readonly timeoutSeconds: number;
  /** Told the last line that the program said, whenever it is another one. */
  readonly onLine?: (line: string) => void;
  readonly signal: AbortSignal;
}

/** Runs a program that takes minutes to its end. Throws an `Error` with its last lines when it fails. */
export async function runNoted(step: LongStep): Promise<void> {
  const { machine, state, what, command, logFile, timeoutSeconds, signal } = step;
  signal.throwIfAborted();
  const process = await machine.start(command, { logFile });
  const mark = await markProcess(machine, process.pid);
  if (mark !== null) await state.noteProcess(what, mark);
  const deadline = performance.now() + timeoutSeconds * 1000;
  let shown = '';
  try {
    while (!process.hasEnded()) {
      signal.throwIfAborted();
      if (performance.now() > deadline) break;
      const line = lastLines((await machine.readFile(logFile)) ?? '', 1);
      if (line !== shown) step.onLine?.(line);
      shown = line;
      await Promise.race([process.ended, sleep(500, undefined, { ref: false })]);
    }
  } finally {
    if (!process.hasEnded()) await process.stop(3);
  }
  const outcome = await process.ended;
  const timedOut = performance.now() > deadline;
  if (outcome.exitCode === 0 && !timedOut) return;
  const stderr = lastLines((await machine.readFile(logFile)) ?? '', 3);
  const end = timedOut ? `took longer than ${timeoutSeconds} s` : describeEnd(outcome);
  const cause = new CommandError({ ...command, machine: machine.name, ...outcome, timedOut, stderr });
  // Without the command line, which is longer than all that it has to say.
  throw new Error(`the ${what} ${end}: ${stderr || 'it said nothing'}`, { cause });
}

function describeEnd({ exitCode, signal }: Outcome): string {
  return exitCode === null ? `was ended by ${signal ?? 'nobody knows what'}` : `ended with exit code ${exitCode}`;
}
