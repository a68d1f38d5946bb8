import { computeMedianInterval } from '../statistics/median-interval.ts';
import { computeFiveNumbers } from '../statistics/quantile.ts';
import type { SideSummary } from './comparison.schema.ts';
import type { DeploymentValues } from './measured-values.ts';

/** The summary of one side over all its samples; the replies are empty where no single ones are kept. */
export function summarizeSide(deployments: readonly DeploymentValues[], replies: readonly number[]): SideSummary {
  const values = deployments.flatMap((deployment) => deployment.values);
  const counts = { n: values.length, deployments: deployments.length };
  if (values.length === 0) {
    const none = { minimum: null, q1: null, median: null, q3: null, maximum: null };
    return { ...counts, ...none, medianInterval95: null, replies: null };
  }
  return {
    ...counts,
    ...computeFiveNumbers(values),
    medianInterval95: computeMedianInterval(values),
    replies: replies.length === 0 ? null : { n: replies.length, ...computeFiveNumbers(replies) },
  };
}
