import { basename } from 'node:path';
import { ConfigurationError } from '../errors.ts';
import type { Machine } from '../machines/machine.ts';
import { bootHeaderBytes, findPayload, findRelease } from './boot-header.ts';
import { collectModules } from './collect-modules.ts';
import { extractVmlinux } from './extract-vmlinux.ts';
import type { Kernel } from './kernel.ts';
import { readBytes } from './read-bytes.ts';

export interface OwnKernel {
  /** A bzImage or an ELF vmlinux, built with CONFIG_PVH. */
  readonly image: string;
  /** Folder of its modules, with `modules.dep`; null: virtio_pci and virtio_net are built in. */
  readonly modules: string | null;
}

/** Folder of the machine that holds the modules of its kernels, by release. */
const moduleRoot = '/lib/modules';

/** Longest name of a release; `uname` has no room for more. */
const longestRelease = 64;

/** What a path leads to; a `ConfigurationError` when it is no kernel. Modules are looked for where `make modules_install` puts them. */
export async function findOwnKernel(machine: Machine, image: string, modules = moduleRoot): Promise<OwnKernel> {
  const isFile = { program: 'test', args: ['-f', image] };
  if ((await machine.run(isFile, { timeoutSeconds: 5, allowFailure: true })).exitCode !== 0) {
    throw new ConfigurationError(`kernel ${image} is no file on ${machine.name}`);
  }
  const header = await readBytes(machine, image, 0, bootHeaderBytes);
  const release =
    findPayload(header, image) === null ? await readBanner(machine, image) : await readRelease(machine, image, header);
  const folder = `${modules}/${release}`;
  const hasModules = release !== null && (await machine.readFile(`${folder}/modules.dep`)) !== null;
  return { image, modules: hasModules ? folder : null };
}

/** The text begins with the release: `6.1.192 (me@here) #1 SMP`; null when the image does not say. */
async function readRelease(machine: Machine, image: string, header: Uint8Array): Promise<string | null> {
  const offset = findRelease(header);
  if (offset === null) return null;
  const bytes = await readBytes(machine, image, offset, longestRelease);
  return /^[\w.+~-]+/.exec(new TextDecoder('latin1').decode(bytes))?.[0] ?? null;
}

/** The banner of an uncompressed kernel, `Linux version 6.1.192 (me@here)`. */
async function readBanner(machine: Machine, image: string): Promise<string | null> {
  const args = ['--text', '--only-matching', '--max-count=1', 'Linux version [0-9][0-9A-Za-z.+~_-]*', image];
  const { stdout } = await machine.run({ program: 'grep', args }, { timeoutSeconds: 30, allowFailure: true });
  return /^Linux version (\S+)/.exec(stdout)?.[1] ?? null;
}

/** Unpacks a kernel of the user's own, anew for every run: one under work changes under the same name. */
export async function prepareOwnKernel(
  machine: Machine,
  cache: string,
  own: OwnKernel,
  signal: AbortSignal,
): Promise<Kernel> {
  const sum = { program: 'sha256sum', args: ['--', own.image] };
  const hash = (await machine.run(sum, { timeoutSeconds: 30, signal })).stdout.replace(/^\\/, '').slice(0, 16);
  const folder = `${cache}/own-${hash}`;
  const run = (program: string, ...args: string[]) => machine.run({ program, args }, { timeoutSeconds: 30, signal });
  await run('rm', '-rf', folder);
  await run('mkdir', '-p', `${folder}/modules`);
  await extractVmlinux(machine, own.image, `${folder}/vmlinux`, signal);
  const modules = own.modules === null ? [] : await collectModules(machine, own.modules, `${folder}/modules`, signal);
  return {
    title: `${basename(own.image)} ${hash}`,
    folder,
    image: `${folder}/vmlinux`,
    modules: modules.map((file) => `${folder}/modules/${file}`),
  };
}
