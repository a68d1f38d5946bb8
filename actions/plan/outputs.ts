import type { PlanDirectory } from '../../src/plans/plan-directory.ts';

/** Outputs are texts; a job's `if:` compares them as such. */
type Outputs = readonly (readonly [string, string])[];

export function listOutputs(
  { request, matrix, regime, estimatedMinutes }: PlanDirectory,
  place: { readonly folder: string; readonly artifactName: string },
): Outputs {
  return [
    ['should-measure', String(request.shouldMeasure)],
    ['reason', request.reason ?? ''],
    ['message', ''],
    ['plan-directory', place.folder],
    ['artifact-name', place.artifactName],
    ['matrix', JSON.stringify(matrix)],
    ['pull-request', request.pullRequest === null ? '' : String(request.pullRequest)],
    ['base-sha', request.baseSha],
    ['head-sha', request.headSha],
    ['regime', regime],
    ['estimated-minutes', String(estimatedMinutes)],
  ];
}

/** The same names when the event asks for nothing: no plan, no artifact, nothing for later jobs to change. */
export function listIgnoredOutputs(sentence: string): Outputs {
  return [
    ['should-measure', 'false'],
    ['reason', 'ignored'],
    ['message', sentence.replace(/\p{Cc}/gu, '?').slice(0, 2000)],
    ['plan-directory', ''],
    ['artifact-name', ''],
    ['matrix', JSON.stringify({ include: [] })],
    ['pull-request', ''],
    ['base-sha', ''],
    ['head-sha', ''],
    ['regime', ''],
    ['estimated-minutes', '0'],
  ];
}
