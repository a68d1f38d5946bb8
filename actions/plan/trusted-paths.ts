import { ConfigurationError } from '../../src/errors.ts';
import { type ProfileChange, type ProfileFiles, readProfile } from '../../src/plans/profile-changes.ts';
import type { Profile } from '../../src/profiles/profile.schema.ts';
import { resolveProfile } from '../../src/profiles/resolve-profile.ts';
import { listUntrustedPaths } from '../../src/profiles/untrusted-paths.ts';

/**
 * One sentence for each path on the host that only the pull request names. The profiles of the default branch are read
 * where there is such a path at all.
 */
export async function refuseUntrustedPaths(
  changes: readonly ProfileChange[],
  paths: readonly string[],
  readTrusted: () => Promise<ProfileFiles>,
): Promise<readonly string[]> {
  const candidates = changes.flatMap(({ sides }) => (sides === null ? [] : [sides.candidate]));
  const list = (profiles: readonly Profile[]) =>
    candidates.flatMap((profile) => listUntrustedPaths(profile, { profiles, paths }));
  if (list([]).length === 0) return [];
  return list(await resolveAll(await readTrusted()));
}

/** What is not in order vouches for nothing. */
async function resolveAll(files: ProfileFiles): Promise<readonly Profile[]> {
  const profiles: Profile[] = [];
  for (const name of files.keys()) {
    try {
      profiles.push(await resolveProfile(name, (wanted) => readProfile(wanted, files)));
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
    }
  }
  return profiles;
}
