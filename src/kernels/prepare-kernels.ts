import type { Machine } from '../machines/machine.ts';
import { type DebianKernelName, isDebianKernelName } from '../profiles/guest-kernel.ts';
import { type DebianKernelSource, findDebianKernel, prepareDebianKernel } from './debian-kernel.ts';
import type { Kernel } from './kernel.ts';
import { findOwnKernel, type OwnKernel, prepareOwnKernel } from './own-kernel.ts';

/** What a profile asks for: one of Debian's by name, a path, or nothing, which is null. */
export type KernelRequest = string | null;

/** Where no kernel is asked for: the stock kernel for virtual machines of the Debian that it is, 12's, else 13's. */
const defaultKernels: readonly DebianKernelName[] = ['debian-6.1', 'debian-6.12'];

type KernelSource = DebianKernelSource | { readonly kind: 'own'; readonly own: OwnKernel };

/** Throws a `ConfigurationError` that says what is wrong when one of them cannot be had. Nothing is changed. */
export async function checkKernels(
  machine: Machine,
  cache: string,
  requests: readonly KernelRequest[],
  signal: AbortSignal,
): Promise<void> {
  for (const request of requests) await findKernel(machine, `${cache}/kernels`, request, signal);
}

/** Kernels that QEMU can start, by what was asked for; downloaded and unpacked below the cache folder where they are not yet. */
export async function prepareKernels(
  machine: Machine,
  cache: string,
  requests: readonly KernelRequest[],
  signal: AbortSignal,
): Promise<ReadonlyMap<KernelRequest, Kernel>> {
  const folder = `${cache}/kernels`;
  const kernels = new Map<KernelRequest, Kernel>();
  for (const request of new Set(requests)) {
    const source = await findKernel(machine, folder, request, signal);
    const kernel =
      source.kind === 'own'
        ? await prepareOwnKernel(machine, folder, source.own, signal)
        : await prepareDebianKernel(machine, folder, source, signal);
    kernels.set(request, kernel);
  }
  return kernels;
}

async function findKernel(
  machine: Machine,
  folder: string,
  request: KernelRequest,
  signal: AbortSignal,
): Promise<KernelSource> {
  if (request === null) return findDebianKernel(machine, folder, defaultKernels, signal);
  if (isDebianKernelName(request)) return findDebianKernel(machine, folder, [request], signal);
  return { kind: 'own', own: await findOwnKernel(machine, request) };
}
