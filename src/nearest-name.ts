/** Edits (insert, delete, replace) that turn one text into the other; the classic two-row computation. */
function countEdits(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [row, fromCharacter] of [...from].entries()) {
    const current = [row + 1];
    for (const [column, toCharacter] of [...to].entries()) {
      const replaced = (previous[column] ?? 0) + (fromCharacter === toCharacter ? 0 : 1);
      current.push(Math.min(replaced, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[to.length] ?? 0;
}

/** Names longer than this are nobody's slip of the finger, and comparing them would cost time. */
const longestName = 80;

/**
 * The name a person probably meant, null when none is near: two letters wrong, missing or too many,
 * or what was written is the end of it (`docker.cpuset` for `guest.docker.cpuset`).
 */
export function findNearestName(written: string, names: Iterable<string>): string | null {
  if (written.length > longestName) return null;
  const near = [...names]
    .map((name) => ({ name, edits: name.endsWith(`.${written}`) ? 0 : countEdits(written, name) }))
    .filter(({ name, edits }) => edits <= Math.min(2, Math.floor(name.length / 2)))
    .sort((left, right) => left.edits - right.edits);
  return near[0]?.name ?? null;
}

/** ` (did you mean "NAME"?)`, or nothing when no name is near. */
export function suggestName(written: string, names: Iterable<string>): string {
  const nearest = findNearestName(written, names);
  return nearest === null ? '' : ` (did you mean "${nearest}"?)`;
}
