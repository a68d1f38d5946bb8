import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import { applyTreatment } from '../../../src/hosts/treatment/apply-treatment.ts';
import { restoreTreatment } from '../../../src/hosts/treatment/restore-treatment.ts';
import { createFolderHost, createRequest, everything, type FolderHost, untouched } from './folder-host.ts';

const program = fileURLToPath(new URL('act-and-die.ts', import.meta.url));

/** Commands of which neither may have more, so that none is left out below. */
const mostCommands = 20;

interface Ending {
  readonly killed: boolean;
  readonly done: boolean;
}

function actAndDie(...args: readonly string[]): Promise<Ending> {
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...args], (error, stdout) =>
      resolve({ killed: error?.signal === 'SIGKILL', done: stdout === 'done\n' }),
    );
  });
}

describe('a treatment whose program is killed', () => {
  let folder: string;
  let host: FolderHost;
  const restore = () => restoreTreatment(host.machine, host.state, { known: host.known });
  const stateFiles = async () => (await readdir(host.state).catch(() => [])).filter((name) => !name.endsWith('.next'));

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tunegate-test-'));
    host = await createFolderHost(folder);
    return () => rm(folder, { recursive: true });
  });

  /** Kills it in front of each of its commands in turn, until it ends before its turn. */
  async function killEverywhere(prepare: () => Promise<unknown>, action: string): Promise<number> {
    for (let command = 1; command <= mostCommands; command += 1) {
      await prepare();
      const ending = await actAndDie(action, folder, String(command));
      expect(ending.killed).not.toBe(ending.done);
      await restore();
      expect(await host.readAll(), `${action}, in front of command ${command}`).toEqual(untouched);
      expect(await stateFiles()).toEqual([]);
      if (ending.done) return command - 1;
    }
    throw new Error(`${action} has more than ${mostCommands} commands`);
  }

  it('while applying: restore puts everything back, wherever that was', { timeout: 240_000 }, async () => {
    expect(await killEverywhere(async () => {}, 'apply')).toBeGreaterThan(7);
  });

  it('while restoring: the next restore does the rest', { timeout: 240_000 }, async () => {
    const apply = () => applyTreatment(host.machine, host.state, createRequest(everything), { known: host.known });
    expect(await killEverywhere(apply, 'restore')).toBeGreaterThan(2);
  });

  it('goes on with the step it was at: restore waits for that, instead of being overtaken', async () => {
    const slow = await createSlowHost(folder, host);
    const ending = new Promise<void>((resolve) => {
      const child = execFile(process.execPath, ['--input-type=module', '-e', slow], () => resolve());
      const look = setInterval(async () => {
        if (await host.machine.readFile(host.path('begun')).catch(() => null)) {
          clearInterval(look);
          child.kill('SIGKILL');
        }
      }, 20);
    });
    await ending;
    expect(await restore()).toMatchObject({ left: [] });
    expect(await host.readAll()).toMatchObject({ plain: 'stock\n' });
    // Long after the step would have come to its end.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(await host.readAll()).toMatchObject({ plain: 'stock\n' });
  });
});

/** A program whose one step waits in the middle, and writes at its end. */
async function createSlowHost(folder: string, host: FolderHost): Promise<string> {
  const url = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);
  const plain = JSON.stringify(host.path('plain'));
  const begun = JSON.stringify(host.path('begun'));
  return `
import { applyTreatment } from ${url('../../../src/hosts/treatment/apply-treatment.ts')};
import { createRequest, openFolderHost } from ${url('folder-host.ts')};
const host = openFolderHost(${JSON.stringify(folder)});
const plain = host.known.get('host.plain');
const known = new Map(host.known).set('host.plain', { ...plain, host: { ...plain.host, change: () => ({
  apply: [
    { kind: 'run', program: 'sh', args: ['-c', 'echo yes >"$0"; sleep 1', ${begun}] },
    { kind: 'write', path: ${plain}, text: 'late' },
  ],
  restore: [{ kind: 'write', path: ${plain}, text: 'stock' }],
}) } });
await applyTreatment(host.machine, host.state, createRequest({ 'host.plain': 'late' }), { known });
`;
}
