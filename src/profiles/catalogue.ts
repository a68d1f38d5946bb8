import type { Parameter } from './parameter.ts';
import { dockerCpus, dockerCpuset } from './parameters/docker-cpu.ts';
import { dockerAddress, dockerMac } from './parameters/docker-endpoint.ts';
import { dockerMemory } from './parameters/docker-memory.ts';

export type Catalogue = ReadonlyMap<string, Parameter>;

/** Every parameter there is, by name: what a profile names and this does not hold is refused. */
export const catalogue: Catalogue = new Map(
  [dockerAddress, dockerCpus, dockerCpuset, dockerMac, dockerMemory].map((parameter) => [parameter.name, parameter]),
);
