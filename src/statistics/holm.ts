/**
 * p values adjusted by Holm's step-down rule, in the order given, each from its own p to 1: an adjusted p of at most
 * 0.05 is a finding that keeps the chance of any false one in the family at 5 % (Holm 1979, Scandinavian Journal of
 * Statistics 6). Equal p stay equal. Example: 0.01, 0.04, 0.03 become 0.03, 0.06, 0.06.
 *
 * @param familySize number of questions that were asked; those without an answer count as the largest p
 * @throws RangeError when a p is outside 0..1, or the family smaller than its answers
 */
export function adjustHolm(pValues: readonly number[], familySize = pValues.length): number[] {
  const wrong = pValues.find((p) => !(p >= 0 && p <= 1));
  if (wrong !== undefined) throw new RangeError(`expected p values from 0 to 1, found ${wrong}`);
  if (familySize < pValues.length) {
    throw new RangeError(`expected a family of at least ${pValues.length}, found ${familySize}`);
  }
  const ascending = pValues.map((p, index) => ({ p, index })).sort((left, right) => left.p - right.p);
  const adjusted = new Array<number>(pValues.length);
  let highest = 0;
  for (const [rank, { p, index }] of ascending.entries()) {
    highest = Math.max(highest, Math.min(1, p * (familySize - rank)));
    adjusted[index] = highest;
  }
  return adjusted;
}
