import type { Request, RequestedComparison } from './request.schema.ts';

/** One (host, comparison) of a workflow run: measured by one job, told in one section of the comment. */
export interface MeasuredPair {
  readonly host: string;
  readonly comparison: string;
}

/** Comparisons that have two sides: of the others there is nothing to measure. */
export function listMeasured({ comparisons }: Pick<Request, 'comparisons'>): readonly RequestedComparison[] {
  return comparisons.filter(({ baseline, candidate }) => baseline !== null && candidate !== null);
}

/** Every measured comparison on every host; none where nothing is to be measured. */
export function listPairs(request: Pick<Request, 'shouldMeasure' | 'hosts' | 'comparisons'>): readonly MeasuredPair[] {
  if (!request.shouldMeasure) return [];
  return listMeasured(request).flatMap(({ name }) => request.hosts.map((host) => ({ host, comparison: name })));
}
