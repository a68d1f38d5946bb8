import { ConfigurationError } from '../errors.ts';
import { layers as everyLayer, type Layer, type Topology } from '../vocabulary.ts';
import type { Plan } from './plan.schema.ts';

/**
 * Layers that a run over each topology can switch between the sides. On one machine host and client share the kernel
 * and whatever is set in it, but the dockerd is the run's own.
 */
const switchableLayers: Readonly<Record<Topology, readonly Layer[]>> = {
  embedded: ['daemon', 'guest'],
  lab: everyLayer,
  inventory: everyLayer,
};

/** The layers of a plan that a run over this topology cannot switch. */
export function listFixedLayers({ layers }: Pick<Plan, 'layers'>, topology: Topology): readonly Layer[] {
  return layers.filter((layer) => !switchableLayers[topology].includes(layer));
}

/** Throws `ConfigurationError` when a plan treats a layer that the topology cannot switch. */
export function refuseLayers(plan: Pick<Plan, 'name' | 'layers'>, topology: Topology): void {
  if (listFixedLayers(plan, topology).length === 0) return;
  const switchable = switchableLayers[topology];
  throw new ConfigurationError(
    `plan ${plan.name}: layers are ${plan.layers.join(', ')}, but the topology ${topology} can switch ${switchable.join(', ')} only; accepted is --inventory FILE with a host to be switched, or --layers ${switchable.join(',')}, with the rest listed in the report as not applied`,
  );
}
