import type { Topology } from '../vocabulary.ts';
import { countBoots, estimateSeconds, usualCosts } from './estimate.ts';
import { listCells } from './matrix.ts';
import type { MeasurementRequest } from './measurement-request.ts';
import { listFixedLayers } from './refuse-layers.ts';
import { fewestDeploymentsForVerdict, resolvePlan } from './resolve-plan.ts';
import { buildSchedule } from './schedule.ts';

export type PlanPreview = ReturnType<typeof buildPlanPreview>;

/** Where a run would be made, as far as the preview depends on it. */
export interface PreviewPlace {
  /** Of an inventory; null: this machine alone, or it is not known yet. */
  readonly host: string | null;
  readonly topology: Topology;
  /** What a boot of that host took in earlier runs, seconds; null: none was seen. */
  readonly bootSeconds: number | null;
}

/** What a run of this request would be. Whether the machines can do all of it is not asked here. */
export function buildPlanPreview(request: MeasurementRequest, seed: number, place: PreviewPlace | null = null) {
  const plan = resolvePlan(request.plan, { regime: request.regime, unsupported: [] });
  const schedule = buildSchedule(plan, seed);
  const primary = new Set(listCells(plan, 'primary').map(({ id }) => id));
  const cells = listCells(plan, 'all').map(({ id, metric }) => ({
    id,
    role: primary.has(id) ? ('primary' as const) : ('secondary' as const),
    unit: metric.unit,
    better: metric.better,
  }));
  const boots = countBoots(plan, schedule);
  const bootSeconds = place?.bootSeconds ?? null;
  const costs = bootSeconds === null ? usualCosts : { ...usualCosts, boot: bootSeconds };
  return {
    plan,
    seed,
    host: place?.host ?? null,
    baseline: { profile: request.baseline.name, sha256: request.baseline.sha256 },
    candidate: { profile: request.candidate.name, sha256: request.candidate.sha256 },
    parameterDifference: request.differences,
    cells,
    schedule,
    estimatedSeconds: Math.round(estimateSeconds(plan, schedule, costs)),
    /** Boots of the host, the one back into its usual state included, and what one is taken to cost; null: there are none. */
    boots: boots === 0 ? null : { count: boots, seconds: costs.boot, seen: bootSeconds !== null },
    /** Needs the variance between fresh starts, which only a history of the cell knows beforehand. */
    detectableChange: null,
    notes: [...(place === null ? [] : listPlaceCaveats(request, place)), ...listCaveats(request), noHistory],
  };
}

const noHistory =
  'How small a change each cell can show depends on its history, and there is no history of these cells.';

function listPlaceCaveats({ plan }: MeasurementRequest, { topology }: PreviewPlace): readonly string[] {
  const fixed = listFixedLayers(plan, topology);
  if (fixed.length === 0) return [];
  return [
    `One machine cannot switch ${fixed.join(', ')} between the sides: measuring this plan needs --inventory FILE with a host, or --layers without ${fixed.length === 1 ? 'that layer' : 'those layers'}.`,
  ];
}

/** What a person should know before the time is spent, one sentence each. */
export function listCaveats({ plan, differences }: MeasurementRequest): readonly string[] {
  const notes: string[] = [];
  if (plan.deployments < fewestDeploymentsForVerdict) {
    const least = `needs at least ${fewestDeploymentsForVerdict} fresh starts per side for a verdict`;
    notes.push(
      `A cell ${least}; this plan has ${plan.deployments}, so every cell will be inconclusive, and compare --gate will refuse it.`,
    );
  }
  if (!differences.some(({ applied }) => applied)) {
    notes.push('The sides do not differ in any applied parameter: this is an A/A comparison, which must stay silent.');
  }
  const notApplied = differences.filter(({ applied }) => !applied);
  if (notApplied.length > 0) {
    const names = notApplied.map(({ parameter }) => parameter).join(', ');
    notes.push(`Not applied, because the plan leaves out their layers or guests: ${names}.`);
  }
  return notes;
}
