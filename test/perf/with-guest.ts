import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GuestKindDriver, GuestRequest } from '../../src/guests/guest.ts';
import { machineFolders } from '../../src/hosts/folders.ts';
import { createLocalMachine } from '../../src/machines/local.ts';
import type { Machine } from '../../src/machines/machine.ts';
import { prepareMachine } from '../../src/measurement/prepare-machine.ts';
import type { GuestKind } from '../../src/vocabulary.ts';

/** Has a machine on which guests of the kind can be started, and takes it down again. */
export async function withDriver(
  kind: GuestKind,
  signal: AbortSignal,
  use: (driver: GuestKindDriver, request: GuestRequest) => Promise<void>,
  machine: Machine = createLocalMachine(),
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'tunegate-perf-'));
  try {
    const prepared = await prepareMachine({
      ...{ machine, folders: machineFolders, run: 'perf', guests: [kind], logFolder: folder, pid: process.pid },
      ...{ watch: () => {}, signal, now: () => new Date() },
    });
    try {
      const driver = prepared.drivers.get(kind);
      if (driver === undefined) throw new Error(`no driver for ${kind}`);
      await use(driver, {
        ...{ id: 'd001', attachment: 'bridge', layers: ['guest'], deadlineSeconds: 30, signal },
        logFile: join(folder, 'guest.log'),
        profile: { name: 'perf', description: null, compareTo: null, parameters: {}, sha256: '0'.repeat(64) },
      });
    } finally {
      await prepared.restore();
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Has a guest of the kind running on the bridge. */
export async function withGuest(kind: GuestKind, signal: AbortSignal, use: () => Promise<void>): Promise<void> {
  await withDriver(kind, signal, async (driver, request) => {
    const guest = await driver.launch(request);
    try {
      await use();
    } finally {
      await guest.stop();
    }
  });
}
