import * as z from 'zod';
import { ConfigurationError } from '../errors.ts';
import type { Machine } from '../machines/machine.ts';
import type { DebianKernelName } from '../profiles/guest-kernel.ts';
import { collectModules } from './collect-modules.ts';
import { chooseKernelPackage, debianKernels, type KernelPackage } from './debian-kernels.ts';
import { extractVmlinux } from './extract-vmlinux.ts';
import type { Kernel } from './kernel.ts';

/** Written last, so that a folder that has it is complete. */
const cachedSchema = z.strictObject({
  schema: z.literal('tunegate.kernel/1'),
  name: z.string(),
  version: z.string(),
  /** File names below `modules`, in the order of loading. */
  modules: z.array(z.string()),
});

/** Where one of Debian's kernels can be had: the package that apt offers, or what was unpacked earlier. */
export type DebianKernelSource =
  | { readonly kind: 'package'; readonly kernel: DebianKernelName; readonly known: KernelPackage }
  | { readonly kind: 'unpacked'; readonly unpacked: Kernel };

/**
 * The newest version of the first of `kernels` that apt knows; where apt knows none, one that was unpacked earlier.
 * Nothing is changed; a `ConfigurationError` says how to get a kernel that is not to be had.
 */
export async function findDebianKernel(
  machine: Machine,
  folder: string,
  kernels: readonly DebianKernelName[],
  signal: AbortSignal,
): Promise<DebianKernelSource> {
  for (const kernel of kernels) {
    const known = await findPackage(machine, kernel, signal);
    if (known !== null) return { kind: 'package', kernel, known };
  }
  for (const kernel of kernels) {
    const unpacked = await readCached(machine, `${folder}/${kernel}`);
    if (unpacked !== null) return { kind: 'unpacked', unpacked };
  }
  throw new ConfigurationError(
    `apt on ${machine.name} knows no kernel ${kernels.join(' or ')} for guests (${kernels.map((kernel) => debianKernels[kernel].metaPackage).join(', ')}); run \`apt-get update\`, or add the package source that has it (6.12 for Debian 12: bookworm-backports, component main)`,
  );
}

/** Downloads and unpacks the package below `folder` unless it is there already; nothing is installed. */
export async function prepareDebianKernel(
  machine: Machine,
  folder: string,
  source: DebianKernelSource,
  signal: AbortSignal,
): Promise<Kernel> {
  if (source.kind === 'unpacked') return source.unpacked;
  return unpackOnce(machine, folder, source.kernel, source.known, signal);
}

async function findPackage(machine: Machine, kernel: DebianKernelName, signal: AbortSignal) {
  const { metaPackage, series } = debianKernels[kernel];
  const command = { program: 'apt-cache', args: ['show', metaPackage] };
  const { stdout } = await machine.run(command, { timeoutSeconds: 30, signal, allowFailure: true });
  return chooseKernelPackage(stdout, series);
}

/** The name `debian-6.1` leads to what was unpacked last, for the day on which apt knows nothing. */
async function unpackOnce(
  machine: Machine,
  cache: string,
  kernel: DebianKernelName,
  known: KernelPackage,
  signal: AbortSignal,
): Promise<Kernel> {
  const folder = `${cache}/${known.name}_${known.version}`;
  if ((await readCached(machine, folder)) === null) await unpack(machine, known, folder, signal);
  const link = { program: 'ln', args: ['-sfn', folder, `${cache}/${kernel}`] };
  await machine.run(link, { timeoutSeconds: 5, signal });
  const cached = await readCached(machine, folder);
  if (cached === null) throw new Error(`${folder} is not complete after the kernel was unpacked`);
  return cached;
}

async function readCached(machine: Machine, folder: string): Promise<Kernel | null> {
  const text = await machine.readFile(`${folder}/kernel.json`);
  if (text === null) return null;
  const { name, version, modules } = cachedSchema.parse(JSON.parse(text));
  return {
    title: `${name} ${version}`,
    folder,
    image: `${folder}/vmlinux`,
    modules: modules.map((file) => `${folder}/modules/${file}`),
  };
}

const download =
  'cd "$0" && apt-get download --quiet --option APT::Sandbox::User=root "$1" && dpkg-deb --extract ./*.deb tree';

async function unpack(machine: Machine, wanted: KernelPackage, folder: string, signal: AbortSignal): Promise<void> {
  const stage = `${folder}.stage`;
  const run = (program: string, ...args: string[]) => machine.run({ program, args }, { timeoutSeconds: 300, signal });
  // What an interrupted download left is made anew.
  await run('rm', '-rf', stage, folder);
  try {
    await run('mkdir', '-p', `${stage}/modules`);
    await run('sh', '-c', download, stage, `${wanted.name}=${wanted.version}`);
    const release = wanted.name.replace(/^linux-image-/, '');
    await extractVmlinux(machine, `${stage}/tree/boot/vmlinuz-${release}`, `${stage}/vmlinux`, signal);
    // Packages come without modules.dep: it is written when a kernel is installed.
    await run('busybox', 'depmod', '-b', `${stage}/tree`, release);
    const modules = await collectModules(machine, `${stage}/tree/lib/modules/${release}`, `${stage}/modules`, signal);
    const cached = { schema: 'tunegate.kernel/1', ...wanted, modules } satisfies z.infer<typeof cachedSchema>;
    await run('sh', '-c', 'rm -r "$0/tree" "$0"/*.deb', stage);
    await machine.writeFile(`${stage}/kernel.json`, `${JSON.stringify(cached)}\n`);
    await run('mv', '-T', stage, folder);
  } finally {
    await machine.run({ program: 'rm', args: ['-rf', stage] }, { timeoutSeconds: 60 });
  }
}
