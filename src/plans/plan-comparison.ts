import type { Profile } from '../profiles/profile.schema.ts';
import { buildMeasurementRequest, type MeasurementRequest } from './measurement-request.ts';
import type { Plan } from './plan.schema.ts';
import { buildPlanPreview, listCaveats } from './plan-preview.ts';
import { refuseAttachments } from './refuse-attachments.ts';
import { renderPlanFile, renderProfileFile } from './render-plan-files.ts';
import type { RequestedComparison } from './request.schema.ts';

/** Two profiles to be measured against each other, or a deleted one. */
export interface ComparisonOrder {
  readonly name: string;
  readonly change: RequestedComparison['change'];
  readonly sides: { readonly baseline: Profile; readonly candidate: Profile } | null;
  /** Commits from which the sides were read. */
  readonly revisions: { readonly baseline: string; readonly candidate: string };
  readonly notes: readonly string[];
}

/** Files of one comparison in a plan directory, as `tunegate measure` takes them. */
export interface ComparisonFiles {
  readonly 'plan.yaml': string;
  readonly 'baseline.yaml': string;
  readonly 'candidate.yaml': string;
}

export interface PlannedComparison {
  readonly comparison: RequestedComparison;
  /** null: there is nothing to measure. */
  readonly files: ComparisonFiles | null;
}

/** What a history of a comparison's cells leads to expect: the relative change that will be found; null: no such history. */
export type ExpectChange = (planned: {
  readonly comparison: string;
  /** Primary cells. */
  readonly cellIds: readonly string[];
  /** Fresh starts a side. */
  readonly deployments: number;
}) => number | null;

/** The order of a run has its own seed; any gives the same estimate. */
const anySeed = 1;

/**
 * What measuring an order takes, and the files for it. A change of which the plan applies nothing is not measured: the
 * sides would be the same. Throws `ConfigurationError` on a profile that the plan has no place for.
 */
export function planComparison(order: ComparisonOrder, plan: Plan, expectChange: ExpectChange): PlannedComparison {
  const { name, change, sides, revisions } = order;
  const common = { name, change, deployments: plan.deployments, samples: plan.samples, detectableChange: null };
  if (sides === null) {
    const nothing = { baseline: null, candidate: null, parameterDifference: [], cells: 0, estimatedSeconds: 0 };
    return { comparison: { ...common, ...nothing, regime: 'deployment', notes: [...order.notes] }, files: null };
  }
  const request = buildMeasurementRequest(plan, sides.baseline, sides.candidate);
  const { differences, regime } = request;
  const parameterDifference = differences.map(({ switching: _, ...difference }) => difference);
  const measured = change === 'none' || differences.some(({ applied }) => applied);
  const notes = [...order.notes, ...(measured ? listCaveats(request) : [describeUnapplied(request)])];
  if (!measured) {
    const nothing = { baseline: null, candidate: null, cells: 0, estimatedSeconds: 0 };
    return { comparison: { ...common, ...nothing, parameterDifference, regime, notes }, files: null };
  }
  return {
    comparison: {
      ...common,
      ...estimate(name, request, expectChange),
      baseline: describeSide(sides.baseline, revisions.baseline),
      candidate: describeSide(sides.candidate, revisions.candidate),
      parameterDifference,
      regime,
      notes,
    },
    files: {
      'plan.yaml': renderPlanFile(plan),
      'baseline.yaml': renderProfileFile(sides.baseline),
      'candidate.yaml': renderProfileFile(sides.candidate),
    },
  };
}

/** Primary cells, how long measuring them takes, and what it is expected to find. */
function estimate(
  comparison: string,
  request: MeasurementRequest,
  expectChange: ExpectChange,
): Pick<RequestedComparison, 'cells' | 'estimatedSeconds' | 'detectableChange'> {
  const { plan, cells, estimatedSeconds } = buildPlanPreview(request, anySeed);
  refuseAttachments(plan, request.baseline);
  refuseAttachments(plan, request.candidate);
  const cellIds = cells.filter(({ role }) => role === 'primary').map(({ id }) => id);
  const detectableChange = expectChange({ comparison, cellIds, deployments: plan.deployments });
  return { cells: cellIds.length, estimatedSeconds, detectableChange };
}

function describeSide({ name, sha256 }: Profile, revision: string) {
  return { profile: name, sha256, revision };
}

function describeUnapplied({ plan, differences }: MeasurementRequest): string {
  const names = differences.map(({ parameter }) => parameter).join(', ');
  return `Not measured: the plan ${plan.name} (layers ${plan.layers.join(', ')}; guests ${plan.guests.join(', ')}) applies nothing of what changed: ${names}.`;
}
