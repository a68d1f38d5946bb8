import { basename } from 'node:path';
import { ConfigurationError } from '../errors.ts';
import type { Machine } from '../machines/machine.ts';
import { collectModules } from './collect-modules.ts';
import { extractVmlinux } from './extract-vmlinux.ts';
import type { Kernel } from './kernel.ts';

export interface OwnKernel {
  /** A bzImage or an ELF vmlinux, built with CONFIG_PVH. */
  readonly image: string;
  /** Folder of its modules, with `modules.dep`; null: virtio_pci and virtio_net are built in. */
  readonly modules: string | null;
}

/** A kernel of the user's own. It is unpacked anew for every run: a kernel under work changes under the same name. */
export async function prepareOwnKernel(
  machine: Machine,
  cache: string,
  own: OwnKernel,
  signal: AbortSignal,
): Promise<Kernel> {
  const sum = { program: 'sha256sum', args: ['--', own.image] };
  const { exitCode, stdout, stderr } = await machine.run(sum, { timeoutSeconds: 30, signal, allowFailure: true });
  if (exitCode !== 0) {
    throw new ConfigurationError(`kernel ${own.image} cannot be read on ${machine.name}: ${stderr.trim()}`);
  }
  const folder = `${cache}/kernels/own`;
  const run = (program: string, ...args: string[]) => machine.run({ program, args }, { timeoutSeconds: 30, signal });
  await run('rm', '-rf', folder);
  await run('mkdir', '-p', `${folder}/modules`);
  await extractVmlinux(machine, own.image, `${folder}/vmlinux`, signal);
  const modules = own.modules === null ? [] : await collectModules(machine, own.modules, `${folder}/modules`, signal);
  return {
    title: `${basename(own.image)} ${stdout.slice(0, 16)}`,
    image: `${folder}/vmlinux`,
    modules: modules.map((file) => `${folder}/modules/${file}`),
  };
}
