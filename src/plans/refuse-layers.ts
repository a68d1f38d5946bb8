import { ConfigurationError } from '../errors.ts';
import type { Layer, Topology } from '../vocabulary.ts';
import type { Plan } from './plan.schema.ts';

/** Layers that a run over each topology can switch between the sides: on one machine host and client share the kernel. */
const switchableLayers: Readonly<Record<Topology, readonly Layer[]>> = {
  embedded: ['guest'],
  lab: ['guest'],
  inventory: ['guest'],
};

/** Throws `ConfigurationError` when a plan treats a layer that the topology cannot switch. */
export function refuseLayers({ name, layers }: Pick<Plan, 'name' | 'layers'>, topology: Topology): void {
  const switchable = switchableLayers[topology];
  if (layers.every((layer) => switchable.includes(layer))) return;
  throw new ConfigurationError(
    `plan ${name}: layers are ${layers.join(', ')}, but the topology ${topology} can switch ${switchable.join(', ')} only; accepted is --layers ${switchable.join(',')}, with the rest listed in the report as not applied`,
  );
}
