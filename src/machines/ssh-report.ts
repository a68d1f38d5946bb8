import { constants } from 'node:os';
import { getSystemErrorName } from 'node:util';
import type { RemoteMark } from './ssh-scripts.ts';

export type RemoteEnd =
  | { readonly kind: 'exit'; readonly exitCode: number }
  | { readonly kind: 'signal'; readonly signal: string }
  /** It could not be started. */
  | { readonly kind: 'trouble'; readonly sentence: string };

export interface RemoteReport {
  /** null: it was not started as far as anybody knows. */
  readonly mark: RemoteMark | null;
  /** The program itself is running, or was; said of one with a log file only. */
  readonly isRunning: boolean;
  /** null: nobody saw its end. */
  readonly end: RemoteEnd | null;
  /** What the program itself wrote. */
  readonly stderr: string;
}

/**
 * Takes the lines of the supervisor out of standard error: `NONCE start 4711 8734512 BOOT-ID` before the program, behind
 * whatever the login shell had to say, and `NONCE end exit 3` after it, behind a line end that is not the program's.
 */
export function parseReport(text: string, nonce: string): RemoteReport {
  const start = new RegExp(`${nonce} start (\\d+) (\\d+) ([\\w-]+)\\n`).exec(text);
  const rest = start === null ? text : text.slice(start.index + start[0].length);
  const end = new RegExp(`\\n?${nonce} end (exit|signal|trouble) (\\d+)(?: ([^\\n]*))?\\n`).exec(rest);
  const [, pid, startTicks, bootId] = start ?? [];
  return {
    mark:
      pid === undefined || startTicks === undefined || bootId === undefined
        ? null
        : { pid: Number(pid), startTicks, bootId },
    isRunning: rest.includes(`${nonce} running\n`),
    end: end === null ? null : readEnd(end[1] ?? '', Number(end[2]), end[3] ?? ''),
    stderr: end === null ? rest : rest.slice(0, end.index) + rest.slice(end.index + end[0].length),
  };
}

function readEnd(kind: string, number: number, what: string): RemoteEnd {
  if (kind === 'exit') return { kind, exitCode: number };
  if (kind === 'signal') return { kind, signal: nameSignal(number) };
  return { kind: 'trouble', sentence: `spawn ${what} ${getSystemErrorName(-number)}` };
}

/** Both machines are Linux, where the numbers are the same. */
function nameSignal(number: number): string {
  const found = Object.entries(constants.signals).find(([, value]) => value === number);
  return found?.[0] ?? `signal ${number}`;
}
