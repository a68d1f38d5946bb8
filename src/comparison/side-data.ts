import type { Run } from '../results/journal.schema.ts';
import type { Attachment, GuestKind, Side } from '../vocabulary.ts';
import type { DeploymentData } from './deployment-data.ts';
import { chooseCounted, groupTries } from './group-tries.ts';

/** One side of a comparison, and the run it comes from. */
export interface SideData {
  readonly side: Side;
  readonly run: Run;
  /** Those whose data count: one for each place of the schedule that was tried, in the order of the journal. */
  readonly deployments: readonly DeploymentData[];
  /** All that was started, by place of the schedule; see `groupTries`. */
  readonly tries: readonly (readonly DeploymentData[])[];
}

export interface SidePair {
  readonly baseline: SideData;
  readonly candidate: SideData;
  /** false: the sides come from two runs. */
  readonly interleaved: boolean;
}

/** Which guest, attached how, on which host. */
export interface Placement {
  readonly host: string;
  readonly guest: GuestKind;
  readonly attachment: Attachment;
}

/**
 * Both sides of one run, or the baseline of the first of two and the candidate of the second. A run that measured one
 * guest of one profile, without another side, is that of two runs which it is asked to be.
 *
 * @throws RangeError for any other number of runs
 */
export function collectSides(runs: readonly Run[]): SidePair {
  const [first, second = first] = runs;
  if (first === undefined || second === undefined || runs.length > 2) {
    throw new RangeError(`expected one run or two, found ${runs.length}`);
  }
  return {
    baseline: collectSide(first, 'baseline'),
    candidate: collectSide(runs.length === 1 ? second : takeSide(second, 'candidate'), 'candidate'),
    interleaved: runs.length === 1,
  };
}

export function placementKey({ host, guest, attachment }: Placement): string {
  return `${host}:${guest}/${attachment}`;
}

/** A run whose header has one profile on both sides and whose deployments are all of the baseline. */
function hasOneSide({ header, deployments }: Run): boolean {
  return header.baseline.sha256 === header.candidate.sha256 && deployments.every(({ side }) => side === 'baseline');
}

function takeSide(run: Run, side: Side): Run {
  if (!hasOneSide(run)) return run;
  return { ...run, deployments: run.deployments.map((line) => ({ ...line, side })) };
}

function collectSide(run: Run, side: Side): SideData {
  const ends = new Map(run.deploymentEnds.map((end) => [end.id, end]));
  const samples = Map.groupBy(run.samples, ({ deployment }) => deployment);
  const started = run.deployments
    .map((line, index) => ({
      line,
      end: ends.get(line.id) ?? null,
      samples: samples.get(line.id) ?? [],
      session: run.resumedAfter.filter((count) => count <= index).length,
    }))
    .filter(({ line }) => line.side === side);
  const tries = groupTries(started);
  const counted = new Set(tries.map(chooseCounted));
  return { side, run, deployments: started.filter((deployment) => counted.has(deployment)), tries };
}
