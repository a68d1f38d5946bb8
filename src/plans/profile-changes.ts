import { ConfigurationError, messageOf } from '../errors.ts';
import { suggestName } from '../nearest-name.ts';
import type { Profile } from '../profiles/profile.schema.ts';
import { type NamedText, resolveProfile } from '../profiles/resolve-profile.ts';

/** Profiles of one commit: what each file's content hashes to, and how it is read. */
export type ProfileFiles = ReadonlyMap<
  string,
  { readonly sha: string; readonly read: () => NamedText | Promise<NamedText> }
>;

/** A profile whose resolved parameters differ between two commits, or that only one of them has. */
export interface ProfileChange {
  readonly name: string;
  readonly change: 'modified' | 'added' | 'deleted';
  /** Whether its own file changed; else one that it extends did. */
  readonly ownFile: boolean;
  /** null for a deleted profile, on both sides. */
  readonly sides: { readonly baseline: Profile; readonly candidate: Profile } | null;
  readonly notes: readonly string[];
}

export interface ProfileChanges {
  /** Own files first, then what follows from them; by name. */
  readonly changes: readonly ProfileChange[];
  /** What is wrong with the files, as the command says it. */
  readonly problems: readonly string[];
  readonly notes: readonly string[];
}

type Finding = ProfileChange | { readonly problem: string } | { readonly note: string } | null;

/** What a new profile is compared with when it does not say. */
const usualBaseline = 'stock';

/**
 * What a change of files does to the profiles. Every profile is resolved on both sides, so that a parent that changed is
 * seen in all who extend it, and an edit of a comment in none. `counts` tells which of them are looked at.
 */
export async function findProfileChanges(
  base: ProfileFiles,
  head: ProfileFiles,
  counts: (name: string) => boolean,
): Promise<ProfileChanges> {
  const names = [...new Set([...base.keys(), ...head.keys()])].filter(counts).sort();
  const findings: Finding[] = [];
  for (const name of names) findings.push(await examine(name, base, head));
  const changes = findings.filter((finding) => finding !== null && 'change' in finding);
  return {
    changes: [...changes.filter(({ ownFile }) => ownFile), ...changes.filter(({ ownFile }) => !ownFile)],
    problems: findings.flatMap((finding) => (finding !== null && 'problem' in finding ? [finding.problem] : [])),
    notes: findings.flatMap((finding) => (finding !== null && 'note' in finding ? [finding.note] : [])),
  };
}

async function examine(name: string, base: ProfileFiles, head: ProfileFiles): Promise<Finding> {
  const ownFile = base.get(name)?.sha !== head.get(name)?.sha;
  if (!head.has(name)) return { name, change: 'deleted', ownFile, sides: null, notes: [describeDeletion(name)] };
  const candidate = await attempt(name, head);
  const baseline = base.has(name) ? await attempt(name, base) : null;
  if (candidate instanceof ConfigurationError) {
    const sentence = messageOf(candidate);
    return baseline instanceof ConfigurationError && sentence === messageOf(baseline) && !ownFile
      ? { note: `The profile ${name} was not in order before this change either: ${sentence}.` }
      : { problem: sentence };
  }
  if (baseline === null) return examineNew(candidate, base, []);
  if (baseline instanceof ConfigurationError) {
    return examineNew(candidate, base, [
      `Before this change the profile ${name} was not in order: ${messageOf(baseline)}.`,
    ]);
  }
  if (candidate.sha256 !== baseline.sha256) {
    return { name, change: 'modified', ownFile, sides: { baseline, candidate }, notes: [] };
  }
  return ownFile ? { note: `The file of the profile ${name} changed, but the profile sets the same as before.` } : null;
}

/** A profile that had no usable former state: the baseline is another one, as the base has it. */
async function examineNew(candidate: Profile, base: ProfileFiles, notes: readonly string[]): Promise<Finding> {
  const { name, compareTo } = candidate;
  const against = compareTo ?? usualBaseline;
  const baseline = await attempt(against, base);
  if (baseline instanceof ConfigurationError) {
    const why = compareTo === null ? `it names none with compareTo, and of ${against}` : `compareTo names ${against}:`;
    return { problem: `the new profile ${name} has nothing to be compared with: ${why} ${messageOf(baseline)}` };
  }
  if (baseline.sha256 === candidate.sha256) {
    return { note: `The new profile ${name} sets the same as ${against}, so there is nothing to compare.` };
  }
  const note = `The profile ${name} is new here, it is compared with ${against}.`;
  return { name, change: 'added', ownFile: true, sides: { baseline, candidate }, notes: [...notes, note] };
}

async function attempt(name: string, files: ProfileFiles): Promise<Profile | ConfigurationError> {
  try {
    return await resolveProfile(name, (wanted) => readProfile(wanted, files));
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
}

/** The reading that `resolveProfile` needs: throws `ConfigurationError` on a name that is not there. */
export function readProfile(name: string, files: ProfileFiles): NamedText | Promise<NamedText> {
  const file = files.get(name);
  if (file !== undefined) return file.read();
  const names = [...files.keys()].sort();
  const accepted = names.length === 0 ? 'there are none' : `accepted are ${names.slice(0, 20).join(', ')}`;
  throw new ConfigurationError(`there is no profile "${name.slice(0, 64)}"${suggestName(name, names)}, ${accepted}`);
}

function describeDeletion(name: string): string {
  return `The profile ${name} is deleted: there is nothing to measure.`;
}
