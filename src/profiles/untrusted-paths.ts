import { type Catalogue, catalogue } from './catalogue.ts';
import type { Profile } from './profile.schema.ts';

type Settings = Pick<Profile, 'parameters'>;

export interface TrustedPaths {
  /** Profiles of the default branch: what they set is known there already. */
  readonly profiles: readonly Settings[];
  /** Paths that the owner of the lab names, accepted for every parameter. */
  readonly paths: readonly string[];
}

/**
 * One sentence for each parameter of a pull request's profile that names a path on the host which nobody but its author
 * has vouched for: a kernel is a program, and the folder of a guest's memory is a place to write to.
 */
export function listUntrustedPaths(
  profile: Pick<Profile, 'name' | 'parameters'>,
  trusted: TrustedPaths,
  parameters: Catalogue = catalogue,
): readonly string[] {
  return listPaths(profile, parameters)
    .filter(({ name, path }) => !trusted.paths.includes(path) && !isSet(name, path, trusted.profiles, parameters))
    .map(
      ({ name, path }) =>
        `profile ${profile.name}: ${name} names ${path} on the host, a pull request may only name ` +
        'a path that a profile of the default branch sets already, or that the workflow allows (host-paths of the action plan)',
    );
}

function isSet(name: string, path: string, profiles: readonly Settings[], parameters: Catalogue): boolean {
  return profiles.some((profile) =>
    listPaths(profile, parameters).some((known) => known.name === name && known.path === path),
  );
}

function listPaths({ parameters: values }: Settings, parameters: Catalogue) {
  return Object.entries(values).flatMap(([name, value]) => {
    const path = parameters.get(name)?.hostPath?.(value) ?? null;
    return path === null ? [] : [{ name, path }];
  });
}
