import type { MeasuredPair } from '../plans/measured-pairs.ts';

/** Names are unique in a workflow run, so each attempt has its own. */
export function buildRunArtifactName({ host, comparison }: MeasuredPair, attempt: number): string {
  return `tunegate-run-${host}-${comparison}-${attempt}`;
}

/** `request.json` and what is to be measured. */
export function buildPlanArtifactName(attempt: number): string {
  return `tunegate-plan-${attempt}`;
}

/** Comparisons, reports and pictures. */
export function buildReportArtifactName(attempt: number): string {
  return `tunegate-report-${attempt}`;
}
