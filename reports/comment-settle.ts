import type { Comparison, ComparisonCell } from '../src/comparison/comparison.schema.ts';
import { familyLevel } from '../src/comparison/decide-verdict.ts';
import { computeDetectableShift } from '../src/statistics/detectable-shift.ts';
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
  readonly cell: ComparisonCell;
  /** Fresh starts a side; null: more than may be asked for. */
  readonly deployments: number | null;
}

/**
 * What would settle the rows that stayed open, as lines of Markdown: a comment to write and what it costs. The fresh
 * starts are those with which the detectable change falls to what the row has to show; about, since the noise that it is
 * computed from is an estimate.
 */
export function describeSettlement({ sections, request, marker }: CommentInput): readonly string[] {
  const remedies = sections.flatMap(({ result }) => (result === null ? [] : listRemedies(result)));
  const groups = [...Map.groupBy(remedies, ({ deployments }) => deployments)].sort(
    ([left], [right]) => (left ?? Infinity) - (right ?? Infinity),
  );
  const [cheapest, ...others] = groups.filter(([deployments]) => deployments !== null);
  const dearest = others.at(-1);
  const secondsPerStart = (request?.comparisons ?? []).reduce(
    (sum, { estimatedSeconds, deployments }) => sum + estimatedSeconds / deployments,
    0,
  );
  const command = (deployments: number, rows: readonly Remedy[]) => {
    const cost = secondsPerStart > 0 ? `, ${describeMinutes(secondsPerStart * deployments)} on each host` : '';
    return `\`/tunegate run ${marker.headSha} --deployments ${deployments}\`${cost}: ${nameRows(rows)}`;
  };
  const upTo = (most: number) => remedies.filter(({ deployments }) => deployments !== null && deployments <= most);
  const hopeless = groups.find(([deployments]) => deployments === null)?.[1] ?? [];
  return [
    ...(cheapest?.[0] == null ? [] : [command(cheapest[0], cheapest[1])]),
    ...(dearest?.[0] == null ? [] : [command(dearest[0], upTo(dearest[0]))]),
    ...(hopeless.length === 0
      ? []
      : [
          `More than ${mostDeployments} fresh starts a side: ${nameRows(hopeless)}. Only a quieter host or a wider margin helps there.`,
        ]),
  ];
}

function nameRows(remedies: readonly Remedy[]): string {
  const names = remedies.slice(0, mostNamed).map(({ cell }) => quote(describeCell(cell), 80));
  const more = remedies.length - names.length;
  return more > 0 ? `${names.join(', ')} and ${count(more, 'more row').replace('rows', 'rows')}` : names.join(', ');
}

function listRemedies({ cells, context }: Comparison): readonly Remedy[] {
  if (context === null) return [];
  const primary = cells.filter(({ role }) => role === 'primary');
  return primary
    .filter((cell) => cell.verdict === 'inconclusive' && !wasSilenced(cell))
    .map((cell) => ({
      cell,
      deployments: countDeployments(cell, context.plan.deployments, familyLevel / primary.length),
    }));
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
function countDeployments(cell: ComparisonCell, present: number, level: number): number | null {
  const { detectableChange, ratio, margin } = cell;
  if (detectableChange === null || ratio === null || margin === null) {
    return present < fewestDeployments ? fewestDeployments : null;
  }
  const wanted = Math.max(Math.abs(Math.log(ratio.estimate)), Math.log1p(margin.value));
  const now = Math.log1p(detectableChange);
  const first = Math.max(fewestDeployments, present + 1);
  for (let starts = first + (first % 2); starts <= mostDeployments; starts += 2) {
    if (now * shrink(present, starts, level) <= wanted) return starts;
  }
  return null;
}

/** Detectable change with more fresh starts, as a share of the present one. */
function shrink(present: number, starts: number, level: number): number {
  const shift = (size: number) =>
    computeDetectableShift({
      standardError: 1 / Math.sqrt(size),
      degreesOfFreedom: 2 * size - 2,
      baselineSize: size,
      candidateSize: size,
      level,
      power,
    });
  return present < 2 ? 1 : shift(starts) / shift(present);
}
