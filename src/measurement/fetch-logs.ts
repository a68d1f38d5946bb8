import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Machine, readFiles } from '../machines/machine.ts';
import type { GuestLogs } from './guest-logs.ts';

export interface RemoteLogs extends GuestLogs {
  /** The same with what is still being written, such as the log of the daemon. */
  fetchAll(): Promise<void>;
}

export interface LogPlaces {
  readonly machine: Machine;
  /** Folder on that machine. */
  readonly from: string;
  /** Folder of the run for them, on this one. */
  readonly into: string;
  /** Names of files that somebody writes to until the end of the run. */
  readonly kept: readonly string[];
}

/** Logs of another machine, which come into the folder of the run one deployment after the other. */
export function fetchLogsFrom({ machine, from, into, kept }: LogPlaces): RemoteLogs {
  const fetch = async (without: readonly string[]) => {
    const list = { program: 'find', args: [from, '-maxdepth', '1', '-type', 'f', '-printf', '%f\\n'] };
    const { stdout } = await machine.run(list, { timeoutSeconds: 10 });
    const names = stdout.split('\n').filter((name) => name !== '' && !without.includes(name));
    if (names.length === 0) return;
    const paths = names.map((name) => `${from}/${name}`);
    const texts = await readFiles(machine, paths);
    for (const [index, name] of names.entries()) {
      // A log that nobody wrote to says nothing.
      if (texts[index]) await writeFile(join(into, name), texts[index]);
    }
    await machine.run({ program: 'rm', args: ['-f', '--', ...paths] }, { timeoutSeconds: 10 });
  };
  return { folder: from, fetch: () => fetch(kept), fetchAll: () => fetch([]) };
}
