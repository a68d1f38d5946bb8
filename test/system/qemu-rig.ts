import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunningGuest } from '../../src/guests/guest.ts';
import { createQemuDriver, type QemuGuestOptions } from '../../src/guests/qemu.ts';
import { prepareQemu } from '../../src/guests/qemu-preparation.ts';
import { machineFolders } from '../../src/hosts/folders.ts';
import type { KernelRequest } from '../../src/kernels/prepare-kernels.ts';
import { createLocalMachine } from '../../src/machines/local.ts';
import type { Command, Machine } from '../../src/machines/machine.ts';
import { prepareMachine } from '../../src/measurement/prepare-machine.ts';
import { embeddedTopology } from '../../src/networks/embedded.ts';
import type { Profile } from '../../src/profiles/profile.schema.ts';
import { UndoStack } from '../../src/undo.ts';

type Parameters = Profile['parameters'];

export interface LaunchChange {
  /** Number of the deployment. */
  readonly id?: string;
  /** Changes the command that starts QEMU, behind the product's back. */
  readonly change?: (command: Command) => Command;
  /** More words for the guest's kernel. */
  readonly kernelArguments?: readonly string[];
}

/** A machine prepared for virtual machines, on which guests can be started otherwise than their profile asks. */
export interface QemuRig {
  readonly options: QemuGuestOptions;
  /** Starts a guest, looks at it and stops it, whatever is seen. */
  withGuest(parameters: Parameters, look: (guest: RunningGuest) => Promise<void>, change?: LaunchChange): Promise<void>;
  remove(): Promise<void>;
}

export async function createQemuRig(kernels: readonly KernelRequest[] = [null]): Promise<QemuRig> {
  const machine = createLocalMachine();
  const { signal } = new AbortController();
  const folder = await mkdtemp(join(tmpdir(), 'tunegate-system-'));
  const undo = new UndoStack();
  const run = 'system-test';
  const prepared = await prepareMachine({
    ...{ machine, folders: machineFolders, run, guests: [], logFolder: folder, pid: process.pid },
    ...{ watch: () => {}, signal, now: () => new Date() },
  });
  undo.push('remove the folder', () => rm(folder, { recursive: true }));
  undo.push('restore the machine', () => prepared.restore());
  const nothing = async () => {};
  const state = { noteProcess: nothing, noteSetting: nothing, forgetSetting: nothing };
  const place = {
    machine,
    client: machine,
    topology: embeddedTopology,
    folders: machineFolders,
    run,
    logFolder: folder,
  };
  const { options } = await prepareQemu({ ...place, kernels, state, undo, signal });
  const launch = (parameters: Parameters, { id = 'd001', change, kernelArguments = [] }: LaunchChange) => {
    const start: Machine['start'] = (command, place) => machine.start(change?.(command) ?? command, place);
    return createQemuDriver({ ...options, machine: { ...machine, start }, kernelArguments }).launch({
      ...{ id, attachment: 'bridge', layers: ['guest'], deadlineSeconds: 30, signal },
      profile: { name: 'test', description: null, compareTo: null, parameters, sha256: '0'.repeat(64) },
      logFile: join(folder, `${id}.log`),
    });
  };
  return {
    options,
    withGuest: async (parameters, look, change = {}) => {
      const guest = await launch(parameters, change);
      try {
        await look(guest);
      } finally {
        await guest.stop();
      }
    },
    remove: () => undo.runAll(),
  };
}
