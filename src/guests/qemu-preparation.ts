import type { Folders } from '../hosts/folders.ts';
import type { KernelRequest } from '../kernels/prepare-kernels.ts';
import { mergeSettings } from '../profiles/virtual-machine-settings.ts';
import type { UndoStack } from '../undo.ts';
import type { QemuGuestOptions } from './qemu.ts';
import { type AcceleratorDecision, decideAccelerator } from './qemu-accelerator.ts';
import { prepareBoots, warnOfKernel } from './qemu-boots.ts';
import { readQemuVersion } from './qemu-version.ts';

export interface QemuPreparation extends Pick<QemuGuestOptions, 'machine' | 'client' | 'topology' | 'run' | 'state'> {
  readonly folders: Folders;
  /** What the profiles ask for, the first also for the probe guest; absent: the kernel that guests have by default. */
  readonly kernels?: readonly KernelRequest[];
  /** Folder for the log of the probe guest. */
  readonly logFolder: string;
  /** Gets the way to remove what the preparation makes below the state folder. */
  readonly undo: UndoStack;
  readonly signal: AbortSignal;
}

/** Kernel, initramfs and accelerator: everything that the guests of a run have in common. */
export async function prepareQemu(preparation: QemuPreparation): Promise<{
  readonly options: QemuGuestOptions;
  readonly accelerator: AcceleratorDecision;
  /** What is known to go wrong with what was asked for. */
  readonly warnings: readonly string[];
  readonly versions: Readonly<Record<string, string>>;
}> {
  const { machine, client, topology, folders, run, state, undo, signal } = preparation;
  const qemu = await readQemuVersion(machine);
  const requests = preparation.kernels ?? [null];
  const { boots, versions } = await prepareBoots(machine, folders, requests, signal);
  const [boot] = boots.values();
  if (boot === undefined) throw new Error('no kernel was asked for');
  const socketFolder = `${folders.state}/qemu`;
  await machine.run({ program: 'mkdir', args: ['-p', socketFolder] }, { timeoutSeconds: 5 });
  undo.push(`remove ${socketFolder}`, async () => {
    await machine.run({ program: 'rm', args: ['-rf', socketFolder] }, { timeoutSeconds: 5 });
  });
  const accelerator = await decideAccelerator({
    machine,
    cacheFolder: folders.cache,
    qemu,
    guest: {
      ...boot,
      name: 'tunegate-kvm-probe',
      settings: mergeSettings([]),
      kernelArguments: [],
      logFile: `${preparation.logFolder}/kvm-probe.log`,
      monitor: `${socketFolder}/kvm-probe.qmp`,
      secondMonitor: null,
      channel: null,
    },
    note: (what, mark) => state.noteProcess(what, mark),
    signal,
  });
  const places = { machine, client, topology, socketFolder };
  const options = { ...places, boot, boots, accelerator: accelerator.accelerator, run, state };
  const warnings = requests.flatMap((request) => warnOfKernel(request, qemu, accelerator.accelerator) ?? []);
  return { options, accelerator, warnings, versions: { qemu, ...versions } };
}
