import type { Comparison, ComparisonCell } from '../comparison/comparison.schema.ts';
import { type MatchedCell, matchCells } from '../comparison/match-cells.ts';
import { collectValues } from '../comparison/measured-values.ts';
import { collectSides } from '../comparison/side-data.ts';
import { ConfigurationError } from '../errors.ts';
import type { Run } from '../results/journal.schema.ts';
import { computeMedian } from '../statistics/quantile.ts';
import type { Side } from '../vocabulary.ts';
import { type Night, type NightCell, type NightSide, nightSchema } from './night.schema.ts';
import { type Comparable, collectNightEnvironment } from './night-environment.ts';

/** What neither the journal nor the comparison knows of a night. */
export interface NightNames {
  readonly host: string;
  readonly comparison: string;
  readonly commit: string | null;
  /** Without a workflow the journal's own id and 1. */
  readonly run: Night['run'];
}

/** Beside the primary metrics, the far tail of the latency: what real-time tuning is about. */
const keptSecondary = ['latency_p99'];

/**
 * What later nights need of a run, from its journal and its comparison: the median of each fresh start, so that
 * variances can be computed again, but no single sample. Cells that can be zero have no place here, since only ratios
 * are followed. Numbers are kept to 7 digits, which is far finer than any measurement.
 *
 * @throws ConfigurationError when the comparison is not that of the run, or a name cannot be one of a file
 */
export function buildNight(run: Run, comparison: Comparison, names: NightNames): Night {
  const { context } = comparison;
  if (context === null || context.runs.length !== 1 || context.runs[0] !== run.header.id) {
    const found = context === null ? 'one without a run' : `one of ${context.runs.join(' and ')}`;
    throw new ConfigurationError(`the comparison must be that of run ${run.header.id}, found ${found}`);
  }
  const judged = new Map(comparison.cells.map((cell) => [cell.id, cell]));
  return checkNight({
    schema: 'tunegate.night/1',
    time: run.header.time,
    ...names,
    ...describeRun(run),
    status: context.status,
    cells: matchCells(collectSides([run])).flatMap((cell) => buildCell(cell, judged.get(cell.id))),
  });
}

/** Host and comparison of a run that nobody gave other names: as the journal has them. */
export function nameRun(run: Run): Pick<NightNames, 'host' | 'comparison'> {
  return { host: run.deployments[0]?.host ?? 'local', comparison: run.header.candidate.profile };
}

/** What a run must share with recorded nights for its figures to be compared with theirs. */
export function describeRun(run: Run): Comparable {
  const { plan, topology, baseline, candidate } = run.header;
  const { name, regime, deployments, samples, seconds } = plan;
  const design = { plan: name, regime, deployments, samples, seconds };
  const environment = collectNightEnvironment(run);
  return { topology, design, baseline: nameSide(baseline), candidate: nameSide(candidate), environment };
}

function nameSide({ profile, sha256, revision }: Run['header'][Side]): Night[Side] {
  return { profile, sha256, revision };
}

function buildCell(matched: MatchedCell, judged: ComparisonCell | undefined): NightCell[] {
  if (judged === undefined || !isKept(judged)) return [];
  const { id, role, metric, ratio, margin, verdict } = judged;
  const [baseline, candidate] = [summarize(matched, 'baseline'), summarize(matched, 'candidate')];
  if (baseline === null || candidate === null) return [];
  const kept = { ratio: ratio === null ? null : round(ratio.estimate), margin: margin?.value ?? null };
  return [{ id, role, metric, baseline, candidate, ...kept, verdict }];
}

function isKept({ role, metric }: ComparisonCell): boolean {
  return role === 'primary' || keptSecondary.includes(metric.name);
}

/** null: a value of zero or below, of which there is no logarithm. */
function summarize(cell: MatchedCell, side: Side): NightSide | null {
  const deployments = collectValues(cell[side], cell.test, cell.metric);
  if (deployments.some(({ values }) => values.some((value) => value <= 0))) return null;
  return {
    medians: deployments.map(({ values }) => round(computeMedian(values))),
    samples: deployments.map(({ values }) => values.length),
    spreads: deployments.map(({ values }) => computeSpread(values)),
  };
}

function computeSpread(values: readonly number[]): number | null {
  if (values.length < 2) return null;
  const logs = values.map(Math.log);
  const centre = computeMedian(logs);
  return round(logs.reduce((sum, value) => sum + Math.abs(value - centre), 0) / logs.length);
}

function round(value: number): number {
  return Number(value.toPrecision(7));
}

function checkNight(night: Night): Night {
  const outcome = nightSchema.safeParse(night);
  if (outcome.success) return outcome.data;
  const [issue] = outcome.error.issues;
  const field = issue?.path.join('.') ?? 'the night';
  throw new ConfigurationError(`the run cannot be recorded: ${field} ${issue?.message ?? 'does not fit its schema'}`);
}
