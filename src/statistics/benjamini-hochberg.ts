/**
 * p values adjusted by Benjamini and Hochberg's step-up rule, in the order given, each from its own p to 1: marking all
 * of at most 0.05 keeps the expected share of false marks among the marks at 5 %, for tests that are independent or
 * positively dependent (Benjamini and Hochberg 1995, Journal of the Royal Statistical Society B 57).
 * None: none; one stays as it is; equal p stay equal. Example: 0.01, 0.04, 0.03 become 0.03, 0.04, 0.04.
 *
 * @param familySize number of questions that were asked; those without an answer count as the largest p
 * @throws RangeError when a p is outside 0..1, or the family smaller than its answers
 */
export function adjustBenjaminiHochberg(pValues: readonly number[], familySize = pValues.length): number[] {
  const wrong = pValues.find((p) => !(p >= 0 && p <= 1));
  if (wrong !== undefined) throw new RangeError(`expected p values from 0 to 1, found ${wrong}`);
  if (familySize < pValues.length) {
    throw new RangeError(`expected a family of at least ${pValues.length}, found ${familySize}`);
  }
  const ascending = pValues.map((p, index) => ({ p, index })).sort((left, right) => left.p - right.p);
  const adjusted = new Array<number>(pValues.length);
  let lowest = 1;
  for (const [rank, { p, index }] of [...ascending.entries()].reverse()) {
    lowest = Math.min(lowest, (p * familySize) / (rank + 1));
    adjusted[index] = lowest;
  }
  return adjusted;
}
