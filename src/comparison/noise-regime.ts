import { fewestDeploymentsForVerdict } from '../plans/resolve-plan.ts';
import { computeFTail } from '../statistics/brown-forsythe.ts';
import { compareWithHistory } from '../statistics/plug-in-test.ts';
import { computeMedian } from '../statistics/quantile.ts';
import { compareMeans } from '../statistics/welch.ts';
import { formatNumber } from '../units.ts';
import { sides as sideNames } from '../vocabulary.ts';
import { type CellData, noHistory } from './cell-data.ts';
import type { Diagnostic } from './comparison.schema.ts';
import { computeObservations, fewestForVariance } from './deployment-rule.ts';
import { collectDeployments } from './observations.ts';
import { toScale } from './sample-rule.ts';
import type { Shift } from './shift.ts';

/** More scatter inside of the fresh starts than so many times the history's is another regime of noise. */
const mostSpread = 2;

/** What finds a difference at the first level while the other does not even at the second, contradicts it. */
const [found, notFound] = [0.05, 0.2];

/** One way to see that today is not what the history describes. */
type Finding = Omit<Diagnostic, 'kind'>;

/**
 * Whether the noise of today is that of the history, which then lends its variance and its margin: the scatter of the
 * fresh starts (F test), the scatter inside of them, and what today's starts alone say of the difference. The findings
 * that fired, else the first.
 */
export function findNoiseRegime(cell: CellData, scale: Shift['scale'], level: number): readonly Diagnostic[] {
  if (cell.observation !== 'deployment' || scale !== 'ratio') return [];
  const findings = [...compareScatter(cell, level), ...compareInside(cell), ...compareTests(cell)];
  const [first] = findings;
  if (first === undefined) return [];
  const fired = findings.filter((finding) => finding.fired);
  if (fired.length === 0) return [{ kind: 'noise regime', ...first }];
  const p = fired.find((finding) => finding.p !== undefined)?.p;
  const finding = fired.map((entry) => entry.finding).join(', ');
  return [{ kind: 'noise regime', fired: true, ...(p === undefined ? {} : { p }), finding }];
}

/** The scatter of the fresh starts against that of the history. */
function compareScatter(cell: CellData, level: number): readonly Finding[] {
  const { deployments } = cell.history ?? noHistory;
  if (deployments.length < fewestForVariance) return [];
  const earlier = sumSquares(deployments.map(Math.log));
  const sides = sideNames.map((side) => sumSquares(observe(cell, side)));
  const squares = sides.reduce((sum, side) => sum + side.squares, 0);
  const degrees = sides.reduce((sum, side) => sum + side.degrees, 0);
  if (degrees === 0 || earlier.squares === 0) return [];
  const ratio = squares / degrees / (earlier.squares / earlier.degrees);
  const p = computeFTail(ratio, degrees, earlier.degrees);
  const finding = `the fresh starts scatter ${formatNumber(Math.sqrt(ratio))} times as much as the history of this cell (${showP(p)})`;
  return [{ fired: p <= level, p, finding }];
}

/** The scatter inside of the fresh starts; the median of them, so that one bad start is not taken for a regime. */
function compareInside({ baseline, candidate, history = noHistory }: CellData): readonly Finding[] {
  const { spreads = [] } = history;
  const today = [baseline, candidate]
    .flatMap(collectDeployments)
    .filter(({ values }) => values.length > 1)
    .map(({ values }) => computeMeanDistance(toScale(values, 'ratio')));
  const usual = spreads.length < fewestForVariance ? 0 : computeMedian(spreads);
  if (today.length === 0 || usual === 0) return [];
  const ratio = computeMedian(today) / usual;
  const finding = `the values inside of a fresh start scatter ${formatNumber(ratio)} times as much as in the history of this cell`;
  return [{ fired: ratio > mostSpread, finding }];
}

/** p of the variance of the history against p of today's own, where there are enough starts for a verdict without one. */
function compareTests(cell: CellData): readonly Finding[] {
  const { deployments } = cell.history ?? noHistory;
  const [baseline, candidate] = [observe(cell, 'baseline'), observe(cell, 'candidate')];
  const fewest = Math.min(baseline.length, candidate.length);
  if (deployments.length < fewestForVariance || fewest < fewestDeploymentsForVerdict) return [];
  const known = compareWithHistory({ baseline, candidate, history: deployments.map(Math.log) });
  const alone = compareMeans(baseline, candidate);
  if (known.kind === 'constant' || alone.kind === 'constant') return [];
  const [least, most] = [Math.min(known.p, alone.p), Math.max(known.p, alone.p)];
  const finding = `the history makes of the difference ${showP(known.p)}, the fresh starts alone ${showP(alone.p)}`;
  return [{ fired: least <= found && most > notFound, finding }];
}

function observe(cell: CellData, side: 'baseline' | 'candidate'): number[] {
  return computeObservations(collectDeployments(cell[side]), 'ratio');
}

function computeMeanDistance(values: readonly number[]): number {
  const centre = computeMedian(values);
  return values.reduce((sum, value) => sum + Math.abs(value - centre) / values.length, 0);
}

function sumSquares(values: readonly number[]): { squares: number; degrees: number } {
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  return {
    squares: values.reduce((sum, value) => sum + (value - mean) ** 2, 0),
    degrees: Math.max(0, values.length - 1),
  };
}

function showP(p: number): string {
  return p < 0.0001 ? 'p < 0.0001' : `p ${formatNumber(p)}`;
}
