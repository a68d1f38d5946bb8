import { buildMeasurementRequest, type MeasurementRequest } from '../src/plans/measurement-request.ts';
import { loadPlan, loadProfile } from './load-files.ts';
import { overridePlan, type PlanOptions } from './plan-options.ts';

export interface RequestSources {
  /** Names or paths. */
  readonly plan: string;
  readonly baseline: string;
  readonly candidate: string;
  /** Flags that take the place of what the plan says. */
  readonly overrides: Partial<PlanOptions>;
}

/** Reads plan and profiles; `home` holds the shipped ones. Throws `ConfigurationError` before anything is started. */
export async function loadRequest(sources: RequestSources, home: string): Promise<MeasurementRequest> {
  const plan = overridePlan(await loadPlan(sources.plan, home), sources.overrides);
  const baseline = await loadProfile(sources.baseline, home);
  const candidate = await loadProfile(sources.candidate, home);
  return buildMeasurementRequest(plan, baseline, candidate);
}
