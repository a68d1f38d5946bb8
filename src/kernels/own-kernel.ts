import { basename } from 'node:path';
import { ConfigurationError } from '../errors.ts';
import type { Machine } from '../machines/machine.ts';
import { extractVmlinux } from './extract-vmlinux.ts';
import type { Kernel } from './kernel.ts';

/**
 * A kernel of the user's own, a bzImage or an ELF vmlinux. The drivers a guest needs (virtio_pci, virtio_net) must be
 * built in: modules that fit it are not looked for.
 */
export async function prepareOwnKernel(
  machine: Machine,
  cache: string,
  path: string,
  signal: AbortSignal,
): Promise<Kernel> {
  const sum = { program: 'sha256sum', args: ['--', path] };
  const { exitCode, stdout, stderr } = await machine.run(sum, { timeoutSeconds: 30, signal, allowFailure: true });
  if (exitCode !== 0)
    throw new ConfigurationError(`kernel ${path} cannot be read on ${machine.name}: ${stderr.trim()}`);
  const hash = stdout.slice(0, 16);
  const image = `${cache}/kernels/own-${hash}`;
  const run = (program: string, ...args: string[]) => machine.run({ program, args }, { timeoutSeconds: 30, signal });
  if (
    (await machine.run({ program: 'test', args: ['-f', image] }, { timeoutSeconds: 5, allowFailure: true }))
      .exitCode !== 0
  ) {
    await run('mkdir', '-p', `${cache}/kernels`);
    await extractVmlinux(machine, path, `${image}.next`, signal);
    await run('mv', `${image}.next`, image);
  }
  return { title: `${basename(path)} ${hash}`, image, modules: [] };
}
