import type { Folders } from '../hosts/folders.ts';
import { buildInitramfs } from '../images/initramfs.ts';
import { prepareDebianKernel } from '../kernels/debian-kernel.ts';
import type { UndoStack } from '../undo.ts';
import type { QemuGuestOptions } from './qemu.ts';
import { type AcceleratorDecision, decideAccelerator } from './qemu-accelerator.ts';
import { readQemuVersion } from './qemu-version.ts';

export interface QemuPreparation extends Pick<QemuGuestOptions, 'machine' | 'topology' | 'run' | 'note'> {
  readonly folders: Folders;
  /** Folder for the log of the probe guest. */
  readonly logFolder: string;
  /** Gets the way to remove what the preparation makes below the state folder. */
  readonly undo: UndoStack;
  readonly signal: AbortSignal;
}

/** Guests get the stock kernel for virtual machines of the Debian they are made on: 12's, else 13's. */
const defaultKernels = ['6.1', '6.12'] as const;

/** Starts a kernel without a boot loader in between, in a second less than SeaBIOS takes; Debian ships it with QEMU. */
const directFirmware = { name: 'qboot.rom', path: '/usr/share/qemu/qboot.rom' } as const;

/** Kernel, initramfs and accelerator: everything that the guests of a run have in common. */
export async function prepareQemu(preparation: QemuPreparation): Promise<{
  readonly options: QemuGuestOptions;
  readonly accelerator: AcceleratorDecision;
  readonly versions: Readonly<Record<string, string>>;
}> {
  const { machine, topology, folders, run, note, undo, signal } = preparation;
  const qemu = await readQemuVersion(machine);
  const kernel = await prepareDebianKernel(machine, folders.cache, defaultKernels, signal);
  const initramfs = await buildInitramfs(machine, folders.cache, kernel.modules, signal);
  const socketFolder = `${folders.state}/qemu`;
  await machine.run({ program: 'mkdir', args: ['-p', socketFolder] }, { timeoutSeconds: 5 });
  undo.push(`remove ${socketFolder}`, async () => {
    await machine.run({ program: 'rm', args: ['-rf', socketFolder] }, { timeoutSeconds: 5 });
  });
  const hasFirmware = await machine.run(
    { program: 'test', args: ['-f', directFirmware.path] },
    { timeoutSeconds: 5, allowFailure: true },
  );
  const boot = {
    firmware: hasFirmware.exitCode === 0 ? directFirmware.name : null,
    kernel: kernel.image,
    initramfs: initramfs.path,
  };
  const accelerator = await decideAccelerator({
    machine,
    cacheFolder: folders.cache,
    qemu,
    guest: {
      ...boot,
      name: 'tunegate-kvm-probe',
      cpus: 1,
      memoryMebibytes: 256,
      kernelArguments: [],
      logFile: `${preparation.logFolder}/kvm-probe.log`,
      monitor: `${socketFolder}/kvm-probe.qmp`,
      channel: null,
    },
    note,
    signal,
  });
  const options = { machine, topology, boot, accelerator: accelerator.accelerator, socketFolder, run, note };
  const versions = { qemu, 'guest-kernel': kernel.title, 'guest-initramfs': initramfs.hash.slice(0, 16) };
  return { options, accelerator, versions };
}
