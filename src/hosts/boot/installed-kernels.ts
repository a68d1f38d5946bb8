import type { Machine } from '../../machines/machine.ts';

/** Where a kernel's initial RAM disk may be: Debian's and Ubuntu's name, and that of dracut. */
const initrdNames = (release: string) => [`initrd.img-${release}`, `initramfs-${release}.img`];

/**
 * Releases of the kernels that can be booted: those with an initial RAM disk. `names` are the files in `/boot`,
 * `vmlinuz-6.1.0-56-rt-amd64` and the like.
 */
export function findInstalledKernels(names: readonly string[]): readonly string[] {
  return names
    .flatMap((name) => /^vmlinuz-(\d.*)$/.exec(name)?.[1] ?? [])
    .filter((release) => initrdNames(release).some((initrd) => names.includes(initrd)))
    .sort();
}

export async function listInstalledKernels(machine: Machine, signal?: AbortSignal): Promise<readonly string[]> {
  const list = { program: 'ls', args: ['-1', '/boot'] };
  const { stdout } = await machine.run(list, { timeoutSeconds: 10, allowFailure: true, signal });
  return findInstalledKernels(stdout.split('\n'));
}
