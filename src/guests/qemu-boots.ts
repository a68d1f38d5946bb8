import type { Folders } from '../hosts/folders.ts';
import { buildInitramfs } from '../images/initramfs.ts';
import { pruneCache } from '../images/prune-cache.ts';
import type { Kernel } from '../kernels/kernel.ts';
import { type KernelRequest, prepareKernels } from '../kernels/prepare-kernels.ts';
import type { Machine } from '../machines/machine.ts';
import type { VirtualMachine } from './qemu-command.ts';

/** What a virtual machine starts from. */
export type Boot = Pick<VirtualMachine, 'firmware' | 'kernel' | 'initramfs'>;

export interface PreparedBoots {
  readonly boots: ReadonlyMap<KernelRequest, Boot>;
  /** For the run's record: which kernels and initramfs these are. */
  readonly versions: Readonly<Record<string, string>>;
}

/** Starts a kernel without a boot loader in between, in a second less than SeaBIOS takes; Debian ships it with QEMU. */
const directFirmware = { name: 'qboot.rom', path: '/usr/share/qemu/qboot.rom' } as const;

/** Kernel and initramfs for everything that the profiles of a run ask for, and what is old in the cache removed. */
export async function prepareBoots(
  machine: Machine,
  { cache }: Folders,
  requests: readonly KernelRequest[],
  signal: AbortSignal,
): Promise<PreparedBoots> {
  const firmware = await findFirmware(machine);
  const kernels = await prepareKernels(machine, cache, requests, signal);
  const boots = new Map<KernelRequest, Boot>();
  const versions: Record<string, string> = {};
  for (const [request, kernel] of kernels) {
    const initramfs = await buildInitramfs(machine, cache, kernel.modules, signal);
    boots.set(request, { firmware, kernel: kernel.image, initramfs: initramfs.path });
    const suffix = request === null ? '' : `:${request}`;
    versions[`guest-kernel${suffix}`] = kernel.title;
    versions[`guest-initramfs${suffix}`] = initramfs.hash.slice(0, 16);
  }
  await pruneCache(machine, cache, listFiles([...kernels.values()], [...boots.values()]));
  return { boots, versions };
}

function listFiles(kernels: readonly Kernel[], boots: readonly Boot[]): string[] {
  return [...kernels.map(({ folder }) => folder), ...boots.map(({ initramfs }) => initramfs)];
}

async function findFirmware(machine: Machine): Promise<string | null> {
  const exists = { program: 'test', args: ['-f', directFirmware.path] };
  const { exitCode } = await machine.run(exists, { timeoutSeconds: 5, allowFailure: true });
  return exitCode === 0 ? directFirmware.name : null;
}

/**
 * Why guests with a kernel may fail to start here; null when nothing is known. With QEMU 7.2 about one boot in six of the
 * stock kernel 6.12 died under TCG, of others and with QEMU 10.0 none of 33 or more.
 */
export function warnOfKernel(request: KernelRequest, qemu: string, accelerator: string): string | null {
  if (request !== 'debian-6.12' || accelerator !== 'tcg' || !qemu.startsWith('7.')) return null;
  return `about one start in six of kernel debian-6.12 dies under QEMU ${qemu} without KVM: expect failed starts, or take debian-6.12-rt, debian-6.1 or QEMU 10`;
}
