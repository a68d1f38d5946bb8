import type { Parameter } from './parameter.ts';
import { daemonParameters } from './parameters/daemon.ts';
import { dockerCpus, dockerCpuset, dockerCpusetMemory } from './parameters/docker-cpu.ts';
import { dockerAddress, dockerMac } from './parameters/docker-endpoint.ts';
import { dockerMemory } from './parameters/docker-memory.ts';
import { dockerOffloads } from './parameters/docker-offload.ts';
import { dockerLockedMemory, dockerServerPriority, dockerTerminal } from './parameters/docker-process.ts';
import { dockerQueueLength } from './parameters/docker-queue.ts';
import { dockerSysctls } from './parameters/docker-sysctl.ts';
import { hostParameters } from './parameters/host.ts';
import { hostBootParameters } from './parameters/host-boot.ts';
import { hostConfigSymbols } from './parameters/host-boot-config.ts';
import { qemuBoot } from './parameters/qemu-boot.ts';
import { qemuBootCpus } from './parameters/qemu-boot-cpus.ts';
import { qemuGuestOffloads } from './parameters/qemu-guest-offload.ts';
import { qemuIrqAffinity } from './parameters/qemu-irq.ts';
import { qemuKernel } from './parameters/qemu-kernel.ts';
import { qemuCpuModel, qemuHpet, qemuMachineType, qemuTickPolicy, qemuVcpuCount } from './parameters/qemu-machine.ts';
import {
  qemuMemoryBackend,
  qemuMemoryPath,
  qemuMemorySize,
  qemuPageSize,
  qemuPrealloc,
} from './parameters/qemu-memory.ts';
import { qemuMemoryLock } from './parameters/qemu-memory-lock.ts';
import { qemuFeatures, qemuQueues, qemuReceiveRing, qemuVhost } from './parameters/qemu-network.ts';
import { qemuHostNodes, qemuMemoryPolicy } from './parameters/qemu-numa.ts';
import { qemuSysctls } from './parameters/qemu-sysctl.ts';
import { qemuQueueLength, qemuTapOffloads } from './parameters/qemu-tap.ts';
import { qemuThreads, qemuVcpuPin } from './parameters/qemu-thread.ts';

export type Catalogue = ReadonlyMap<string, Parameter>;

const parameters: readonly Parameter[] = [
  ...[...hostBootParameters, ...hostConfigSymbols, ...hostParameters, ...daemonParameters],
  ...[dockerAddress, dockerMac],
  ...[dockerCpus, dockerCpuset, dockerCpusetMemory, dockerMemory],
  ...[...dockerOffloads, dockerQueueLength, ...dockerSysctls],
  ...[dockerLockedMemory, dockerServerPriority, dockerTerminal],
  ...[qemuMemoryBackend, qemuMemoryLock, qemuMemoryPath, qemuMemorySize, qemuPageSize, qemuPrealloc],
  ...[qemuHostNodes, qemuMemoryPolicy],
  ...[qemuVcpuCount, qemuVcpuPin, ...qemuThreads],
  ...[qemuCpuModel, qemuHpet, qemuMachineType, qemuTickPolicy],
  ...[qemuVhost, qemuQueues, qemuReceiveRing, ...qemuFeatures],
  ...[...qemuTapOffloads, qemuQueueLength],
  ...[qemuKernel, ...qemuBoot, ...qemuBootCpus, qemuIrqAffinity, ...qemuGuestOffloads, ...qemuSysctls],
];

/** Every parameter there is, by name and sorted by it: what a profile names and this does not hold is refused. */
export const catalogue: Catalogue = new Map(
  parameters
    .map((parameter) => [parameter.name, parameter] as const)
    .sort(([left], [right]) => (left < right ? -1 : 1)),
);
