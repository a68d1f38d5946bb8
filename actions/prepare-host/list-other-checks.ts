import { preparedLayers } from '../../src/hosts/root-requests.schema.ts';
import type { ComparisonFiles } from '../../src/measurement/read-plan-directory.ts';
import { catalogue } from '../../src/profiles/catalogue.ts';
import { formatParameterValue } from '../../src/profiles/parameter-value.ts';
import type { Check } from '../../src/results/journal.schema.ts';
import type { Layer, Side } from '../../src/vocabulary.ts';

/** Layers that are prepared, of those that a plan treats. */
export function listPrepared(layers: readonly Layer[]) {
  return preparedLayers.filter((layer) => layers.includes(layer));
}

/** What a profile sets beyond what is prepared: parameters of layers that the plan does not treat, but for those of guests. */
export function listOtherChecks({ requested, plan, profiles }: ComparisonFiles, side: Side) {
  const prepared = listPrepared(plan.layers);
  return Object.entries(profiles[side].parameters).flatMap(([name, value]): (Check & { comparison: string })[] => {
    const parameter = catalogue.get(name);
    if (parameter === undefined || parameter.layer === 'guest') return [];
    const { layer, probe } = parameter;
    if (prepared.some((each) => each === layer)) return [];
    const asked = { parameter: name, layer, requested: formatParameterValue(value), probe };
    const found = `layer ${layer} is not part of the plan`;
    return [{ comparison: requested.name, ...asked, found, result: 'not-applicable' }];
  });
}
