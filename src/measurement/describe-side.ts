import type { Profile } from '../profiles/profile.schema.ts';

/** A profile as the first line of a journal names it. */
export function describeSide({ name, sha256, parameters }: Profile) {
  return { profile: name, sha256, revision: null, parameters: { ...parameters } };
}
