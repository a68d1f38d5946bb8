import type { ComparisonCell } from '../src/comparison/comparison.schema.ts';
import { familyLevel } from '../src/comparison/decide-verdict.ts';
import { findDetectionFactor } from '../src/statistics/detection-factors.ts';
import { computeUpperQuantile } from '../src/statistics/student-t.ts';
import { describeCell } from './cell-name.ts';
import type { CommentInput } from './comment-input.ts';
import { count, describeMinutes, quote } from './comment-words.ts';

/** Fresh starts a side that a plan may ask for. */
const mostDeployments = 100;

/** Chance of a finding that a detectable change is about. */
const power = 0.8;

/** Rows named in a sentence. */
const mostNamed = 3;

/** What an open row takes until it says something. */
interface Remedy {
  /** Of the row, plain text. */
  readonly name: string;
  /** Fresh starts a side; null: more than may be asked for. */
  readonly deployments: number | null;
}

/**
 * What would settle the rows that stayed open, as lines of Markdown: a comment to write and what it costs. The fresh
 * starts are those with which the detectable change falls to what the row has to show; about, since the noise that it is
 * computed from is an estimate.
 */
export function describeSettlement(input: CommentInput): readonly string[] {
  const remedies = listRemedies(input);
  const counts = [...new Set(remedies.flatMap(({ deployments }) => deployments ?? []))].sort((a, b) => a - b);
  const [fewest, most] = [counts.at(0), counts.at(-1)];
  const hopeless = remedies.filter(({ deployments }) => deployments === null);
  const upTo = (limit: number) => remedies.filter(({ deployments }) => deployments !== null && deployments <= limit);
  // Two offers only where the smaller one is worth it.
  const offers = fewest === undefined || most === undefined ? [] : most > 1.5 * fewest ? [fewest, most] : [most];
  return [
    ...offers.map((deployments) => `${describeOffer(input, deployments)}: ${nameRows(upTo(deployments))}`),
    ...(hopeless.length === 0
      ? []
      : [
          `More than ${mostDeployments} fresh starts a side would be needed: ${nameRows(hopeless)}. Only a quieter host or a wider margin helps there.`,
        ]),
  ];
}

/** The comment to write, and the time it takes. */
function describeOffer({ marker, request }: CommentInput, deployments: number): string {
  const seconds = (request?.comparisons ?? [])
    .map((comparison) => (comparison.estimatedSeconds / comparison.deployments) * deployments)
    .reduce((sum, part) => sum + part, 0);
  const cost = seconds > 0 ? `, ${describeMinutes(seconds)} on each host` : '';
  return `\`/tunegate run ${marker.headSha} --deployments ${deployments}\`${cost}`;
}

function nameRows(remedies: readonly Remedy[]): string {
  const names = remedies.slice(0, mostNamed).map(({ name }) => quote(name, 160));
  const more = remedies.length - names.length;
  return more > 0 ? `${names.join(', ')} and ${count(more, 'more row')}` : names.join(', ');
}

function listRemedies({ sections }: CommentInput): readonly Remedy[] {
  return sections.flatMap(({ comparison, host, result }) => {
    if (result === null || result.context === null) return [];
    const present = result.context.plan.deployments;
    const primary = result.cells.filter(({ role }) => role === 'primary');
    const shrink = createShrink(present, familyLevel / primary.length);
    const place = sections.length > 1 ? ` (${comparison} on ${host})` : '';
    return primary
      .filter((cell) => cell.verdict === 'inconclusive' && !wasSilenced(cell))
      .map((cell) => ({
        name: describeCell(cell) + place,
        deployments: countDeployments(cell, present, shrink),
      }));
  });
}

/** The figures had an answer, and what was seen beside them took it back: more of the same does not bring it. */
function wasSilenced({ verdict, verdictBeforeDiagnostics = verdict }: ComparisonCell): boolean {
  return verdictBeforeDiagnostics !== verdict;
}

/** Fresh starts a side below which there is no verdict at all. */
const fewestDeployments = 4;

/**
 * Fresh starts a side with which the row is likely to get a verdict: its estimate if that is beyond the margin, else
 * that it lies within. An even number, since blocks have two starts a side.
 */
function countDeployments(cell: ComparisonCell, present: number, shrink: Shrink): number | null {
  const { detectableChange, ratio, margin } = cell;
  if (detectableChange === null || ratio === null || margin === null) {
    return present < fewestDeployments ? fewestDeployments : null;
  }
  const wanted = Math.max(Math.abs(Math.log(ratio.estimate)), Math.log1p(margin.value));
  const isEnough = (starts: number) => Math.log1p(detectableChange) * shrink(starts) <= wanted;
  // Half the number of starts, which more of never makes worse.
  let low = Math.ceil(Math.max(fewestDeployments, present + 1) / 2);
  let high = mostDeployments / 2;
  if (low > high || !isEnough(2 * high)) return null;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (isEnough(2 * middle)) high = middle;
    else low = middle + 1;
  }
  return 2 * low;
}

/** Detectable change with so many fresh starts, as a share of the present one. */
type Shrink = (starts: number) => number;

/** The rows of a comparison ask for the same numbers over and over. */
function createShrink(present: number, level: number): Shrink {
  const known = new Map<number, number>();
  const shift = (size: number) => {
    const found = known.get(size) ?? computeShift(size, level);
    known.set(size, found);
    return found;
  };
  return (starts) => (present < 2 ? 1 : shift(starts) / shift(present));
}

/**
 * Detectable with so many starts a side, in deviations of one start: the sum of the quantiles of level and power, which
 * is a little less than what the noncentral t distribution gives (from 5 starts on at most 5 %, at level 0.05 at most
 * 0.5 %), and a thousand times as fast.
 */
function computeShift(size: number, level: number): number {
  const degreesOfFreedom = 2 * size - 2;
  const quantiles =
    computeUpperQuantile(level, degreesOfFreedom) + computeUpperQuantile(2 * (1 - power), degreesOfFreedom);
  return (
    quantiles * Math.sqrt(2 / size) * findDetectionFactor('welch', { baselineSize: size, candidateSize: size, level })
  );
}
