import type { Layer } from '../vocabulary.ts';
import { type Catalogue, catalogue } from './catalogue.ts';
import { listSettingsByName, type Parameters } from './list-settings.ts';

/** Arguments of the private dockerd for a side, in the order of the parameters' names; none where the layer `daemon` is not treated. */
export function buildDaemonArguments(
  parameters: Parameters,
  layers: readonly Layer[],
  known: Catalogue = catalogue,
): readonly string[] {
  const daemon = layers.filter((layer) => layer === 'daemon');
  return listSettingsByName(parameters, daemon, known).flatMap(
    ({ parameter, value }) => parameter.host?.daemonArguments?.(value) ?? [],
  );
}
