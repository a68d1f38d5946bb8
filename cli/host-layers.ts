import { ConfigurationError } from '../src/errors.ts';
import { type Catalogue, catalogue } from '../src/profiles/catalogue.ts';
import type { Profile } from '../src/profiles/profile.schema.ts';
import type { Layer } from '../src/vocabulary.ts';

/** What of a profile a host has while no run goes on: dockerd, and guests, are there in a run only. */
export const hostLayers = ['host-boot', 'host'] as const satisfies readonly Layer[];

export const layersOption = [
  '--layers <layers>',
  `layers of the profile, joined by commas: ${hostLayers.join(', ')} (default: both)`,
] as const;

/** Throws `ConfigurationError` on a layer that a host without a run has not got. */
export function parseHostLayers(text: string | undefined): readonly Layer[] {
  if (text === undefined) return hostLayers;
  const names = text.split(',').map((name) => name.trim());
  return names.map((name) => {
    const layer = hostLayers.find((known) => known === name);
    if (layer !== undefined) return layer;
    const why: Readonly<Record<string, string>> = {
      daemon: ', and a dockerd with settings of the layer daemon is there only in a run',
      guest: ', and guests are there only in a run: --deployment reads one back',
    };
    throw new ConfigurationError(`--layers: found "${name}", accepted are ${hostLayers.join(', ')}${why[name] ?? ''}`);
  });
}

/** Parameters of a profile that are none of these layers, by layer in words. */
export function listNotAsked(
  { parameters }: Pick<Profile, 'parameters'>,
  layers: readonly Layer[],
  known: Catalogue = catalogue,
): string[] {
  return Object.keys(parameters).filter((name) => {
    const layer = known.get(name)?.layer;
    return layer === undefined || !layers.includes(layer);
  });
}

/** One sentence, empty where everything was asked. */
export function renderNotAsked(names: readonly string[], known: Catalogue = catalogue): string {
  if (names.length === 0) return '';
  const daemon = names.filter((name) => known.get(name)?.layer === 'daemon');
  const why = daemon.length === 0 ? '' : `; those of the layer daemon are set by a run, on the dockerd that it starts`;
  return `Not asked of the host: ${names.join(', ')}${why}.\n`;
}
