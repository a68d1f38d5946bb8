import { createRandom } from '../statistics/random.ts';
import { adjustByRole } from './adjust-role.ts';
import { type CellData, noHistory } from './cell-data.ts';
import { compareGuestKinds } from './compare-guest-kinds.ts';
import { compareCellSpread } from './compare-spread.ts';
import type { Comparison, ComparisonCell, GuestRatio, Headline, Verdict } from './comparison.schema.ts';
import { familyLevel } from './decide-verdict.ts';
import { diagnoseCell } from './diagnose-cell.ts';
import { findLackingEvidence } from './evidence.ts';
import { summarizeFamily } from './family-verdict.ts';
import { decideCell, type Judgement, judgeCell } from './judge-cell.ts';
import { chooseMargin } from './margins.ts';
import { computeCellShift, type MeasuredCell, measureCell } from './measure-cell.ts';
import { joinValues } from './observations.ts';
import type { Policy } from './policy.schema.ts';
import { removeOutliers } from './sensitivity.ts';
import type { NoSpread, Spread } from './spread.ts';
import { testHeadlines } from './test-headlines.ts';

export interface CompareCellsOptions {
  /** Of every random choice; each cell draws from streams of its own. */
  readonly seed: number;
  readonly policy: Policy;
}

/** These fields of the document. */
export interface CellComparison extends Pick<Comparison, 'cells' | 'family'> {
  readonly headlines: Headline[];
  readonly guestRatios: GuestRatio[];
}

/**
 * The engine: cells of any source in, verdicts out, in the order of the cells. Whatever the order, each cell gets the
 * same figures; swapping the sides of all cells inverts what has a direction and nothing else. Nothing is modified.
 */
export function compareCells(input: readonly CellData[], { seed, policy }: CompareCellsOptions): CellComparison {
  const cells = input.map((cell) => addHistory(cell, policy));
  const familySize = cells.filter(({ role }) => role === 'primary').length;
  const options = { seed, level: familyLevel / Math.max(1, familySize) };
  const measured = cells.map((cell) => measureCell(cell, options));
  const questions = measured.map(({ cell, shift }) => ({ role: cell.role, p: shift?.p ?? null }));
  const adjusted = adjustByRole(questions);
  const spreads = measured.map((entry) => measureSpread(entry, seed));
  const spreadAdjusted = adjustByRole(
    spreads.map((spread, index) => ({ role: cells[index]?.role ?? 'primary', p: 'p' in spread ? spread.p : null })),
  );

  const judgements = measured.map((entry, index): Judgement => {
    const margin = entry.scale === 'difference' ? null : findMargin(entry.cell, policy);
    const lacking = findLackingEvidence(entry.cell, options.level);
    const basis = { pAdjusted: adjusted[index] ?? null, margin, lacking };
    const adjustOther = (p: number | null) =>
      adjustByRole(questions.with(index, { role: entry.cell.role, p }))[index] ?? null;
    const { sensitivity, differs } = testSensitivity(entry, basis, { ...options, adjustOther });
    return {
      ...basis,
      spread: spreads[index] ?? { because: entry.noData },
      spreadPAdjusted: spreadAdjusted[index] ?? null,
      diagnostics: [...(entry.shift === null ? [] : diagnoseCell(entry.cell, entry.scale, seed)), ...differs],
      sensitivity,
    };
  });
  const judged = measured.map((entry, index) => judgeCell(entry, judgements[index] as Judgement));

  return {
    cells: judged,
    family: { ...summarizeFamily(judged), ...summarizeEvidence(measured, judgements) },
    headlines: testHeadlines(measured, seed),
    guestRatios: compareGuestKinds(measured),
  };
}

/** What the policy knows of a cell stands in for what its source does not. */
function addHistory(cell: CellData, policy: Policy): CellData {
  const history = cell.history ?? policy.history[cell.id];
  return history === undefined ? cell : { ...cell, history };
}

function findMargin({ id, metric, history = noHistory }: CellData, policy: Policy): ComparisonCell['margin'] {
  return chooseMargin(policy, id, metric.name, history);
}

function measureSpread({ cell, scale, shift, noData }: MeasuredCell, seed: number): Spread | NoSpread {
  if (shift === null) return { because: noData };
  return compareCellSpread(cell, scale, createRandom(`${seed}:${cell.id}:spread`));
}

/** The verdict without the labelled outliers. */
function testSensitivity(
  measured: MeasuredCell,
  basis: Pick<Judgement, 'pAdjusted' | 'margin' | 'lacking'>,
  options: { seed: number; level: number; adjustOther: (p: number | null) => number | null },
): { sensitivity: Judgement['sensitivity']; differs: Judgement['diagnostics'] } {
  const { shift, scale, cell } = measured;
  const trimmed = shift?.p == null ? null : removeOutliers(cell, scale);
  const isLeft = (side: 'baseline' | 'candidate') => joinValues(trimmed?.cell[side] ?? []).length > 0;
  if (trimmed === null || !isLeft('baseline') || !isLeft('candidate')) return { sensitivity: undefined, differs: [] };
  const other = computeCellShift(trimmed.cell, scale, options);
  const pAdjusted = options.adjustOther(other.p);
  const verdict = decideCell({ ...measured, shift: other }, { ...basis, pAdjusted }).verdict;
  const { baseline, candidate } = trimmed;
  const fired = contradicts(decideCell(measured, basis).verdict, verdict);
  const finding = `without ${baseline + candidate} far-out ${baseline + candidate === 1 ? 'value' : 'values'} (${baseline} of the baseline, ${candidate} of the candidate) the verdict is ${verdict}`;
  return {
    sensitivity: { baseline, candidate, pAdjusted, verdict },
    differs: [{ kind: 'outliers', fired, finding }],
  };
}

/**
 * Whether the second look takes back what the first says. Fewer values make intervals wider, so an `unchanged` that is
 * no longer shown without some of them contradicts nothing.
 */
function contradicts(verdict: Verdict, other: Verdict): boolean {
  if (verdict === 'inconclusive' || verdict === 'invalid' || verdict === other) return false;
  return verdict !== 'unchanged' || other !== 'inconclusive';
}

function summarizeEvidence(measured: readonly MeasuredCell[], judgements: readonly Judgement[]) {
  const primary = judgements.filter((_, index) => measured[index]?.cell.role === 'primary');
  const lacking = primary.flatMap((judgement) => (judgement.lacking === null ? [] : [judgement.lacking]));
  return { decidable: primary.length - lacking.length, needs: lacking[0] ?? null };
}
