import type { Parameter } from './parameter.ts';
import { dockerCpus, dockerCpuset, dockerCpusetMemory } from './parameters/docker-cpu.ts';
import { dockerAddress, dockerMac } from './parameters/docker-endpoint.ts';
import { dockerMemory } from './parameters/docker-memory.ts';
import { dockerOffloads } from './parameters/docker-offload.ts';
import { dockerLockedMemory, dockerServerPriority, dockerTerminal } from './parameters/docker-process.ts';
import { dockerQueueLength } from './parameters/docker-queue.ts';
import { dockerSysctls } from './parameters/docker-sysctl.ts';

export type Catalogue = ReadonlyMap<string, Parameter>;

const parameters: readonly Parameter[] = [
  ...[dockerAddress, dockerMac],
  ...[dockerCpus, dockerCpuset, dockerCpusetMemory, dockerMemory],
  ...[...dockerOffloads, dockerQueueLength, ...dockerSysctls],
  ...[dockerLockedMemory, dockerServerPriority, dockerTerminal],
];

/** Every parameter there is, by name and sorted by it: what a profile names and this does not hold is refused. */
export const catalogue: Catalogue = new Map(
  parameters
    .map((parameter) => [parameter.name, parameter] as const)
    .sort(([left], [right]) => (left < right ? -1 : 1)),
);
