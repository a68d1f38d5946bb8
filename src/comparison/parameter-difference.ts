import { MeasurementError } from '../errors.ts';
import { appliesParameter } from '../plans/applies-parameter.ts';
import { formatParameterValue } from '../profiles/parameter-value.ts';
import { type Layer, layers, sides as sideNames } from '../vocabulary.ts';
import type { Comparison, ParameterDifference } from './comparison.schema.ts';
import type { SideData, SidePair } from './side-data.ts';

/** What the two profiles set differently, sorted by name; `applied` only where both sides' runs reached it. */
export function listParameterDifferences(sides: SidePair): readonly ParameterDifference[] {
  const [baseline, candidate] = [readParameters(sides.baseline), readParameters(sides.candidate)];
  return [...new Set([...baseline.keys(), ...candidate.keys()])]
    .sort()
    .map((parameter) => ({
      parameter,
      layer: layerOf(parameter),
      baseline: baseline.get(parameter) ?? null,
      candidate: candidate.get(parameter) ?? null,
      applied: [sides.baseline, sides.candidate].every(({ run }) => appliesParameter(run.header.plan, parameter)),
    }))
    .filter((difference) => difference.baseline !== difference.candidate);
}

/** What the profiles set and the run left alone, because its layer is not part of the plan. */
export function listNotApplied(sides: SidePair): Comparison['notApplied'] {
  return sideNames.flatMap((side) =>
    [...readParameters(sides[side])]
      .map(([parameter, value]) => ({ parameter, layer: layerOf(parameter), side, value }))
      .filter(({ layer }) => !applies(sides[side], layer))
      .sort((left, right) => (left.parameter < right.parameter ? -1 : 1)),
  );
}

/** The layer is the first part of a parameter's name: `guest` of `guest.docker.cpus`. */
function layerOf(parameter: string): Layer {
  const first = parameter.split('.')[0];
  const layer = layers.find((known) => known === first);
  if (layer !== undefined) return layer;
  throw new MeasurementError(
    `the parameter "${parameter}" of the journal belongs to no layer; its first part must be one of ${layers.join(', ')}`,
  );
}

function readParameters({ side, run }: SideData): ReadonlyMap<string, string> {
  const { parameters } = run.header[side];
  return new Map(Object.entries(parameters).map(([name, value]) => [name, formatParameterValue(value)]));
}

function applies({ run }: SideData, layer: Layer): boolean {
  return run.header.plan.layers.includes(layer);
}
