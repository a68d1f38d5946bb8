import type { Commit, GitObjects } from './objects.ts';

/** The commit and everything before it, newest first, each once. */
export function listAncestors(objects: GitObjects, sha: string): Commit[] {
  const found = new Map<string, Commit>();
  const waiting = [sha];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const commit = objects.commits.get(next);
    if (commit === undefined || found.has(next)) continue;
    found.set(next, commit);
    waiting.push(...commit.parents);
  }
  return [...found.values()];
}

/** A newest commit that both sides come from; null: their histories have nothing in common. */
export function findMergeBase(objects: GitObjects, left: string, right: string): Commit | null {
  const ofLeft = new Set(listAncestors(objects, left).map((commit) => commit.sha));
  const common = listAncestors(objects, right).filter((commit) => ofLeft.has(commit.sha));
  // With a commit all before it are common too, so one that is no common commit's parent has none after it.
  const earlier = new Set(common.flatMap((commit) => commit.parents));
  return common.find((commit) => !earlier.has(commit.sha)) ?? null;
}

/** Commits of `head` that `base` does not have, oldest first, as GitHub lists them. */
export function listCommitsBetween(objects: GitObjects, base: string, head: string): Commit[] {
  const ofBase = new Set(listAncestors(objects, base).map((commit) => commit.sha));
  return listAncestors(objects, head)
    .filter((commit) => !ofBase.has(commit.sha))
    .reverse();
}
