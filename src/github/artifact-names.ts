/** One (host, comparison) of a workflow run: measured by one job, told in one section of the comment. */
export interface MeasuredPair {
  readonly host: string;
  readonly comparison: string;
}

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
