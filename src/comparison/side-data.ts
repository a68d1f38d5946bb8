import type { DeploymentEndLine, DeploymentLine, Run, SampleLine } from '../results/journal.schema.ts';
import type { Attachment, GuestKind, Side } from '../vocabulary.ts';

/** A deployment with everything the journal says of it. */
export interface DeploymentData {
  readonly line: DeploymentLine;
  /** null: the run ended inside it. */
  readonly end: DeploymentEndLine | null;
  /** In the order of the file, warm-ups and failed ones included. */
  readonly samples: readonly SampleLine[];
}

/** One side of a comparison, and the run it comes from. */
export interface SideData {
  readonly side: Side;
  readonly run: Run;
  readonly deployments: readonly DeploymentData[];
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
 * Both sides of one run, or the baseline of the first of two and the candidate of the second.
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
    candidate: collectSide(second, 'candidate'),
    interleaved: runs.length === 1,
  };
}

export function placementKey({ host, guest, attachment }: Placement): string {
  return `${host}:${guest}/${attachment}`;
}

function collectSide(run: Run, side: Side): SideData {
  const ends = new Map(run.deploymentEnds.map((end) => [end.id, end]));
  const samples = Map.groupBy(run.samples, ({ deployment }) => deployment);
  const deployments = run.deployments
    .filter((line) => line.side === side)
    .map((line) => ({ line, end: ends.get(line.id) ?? null, samples: samples.get(line.id) ?? [] }));
  return { side, run, deployments };
}
