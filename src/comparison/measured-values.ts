import { MeasurementError } from '../errors.ts';
import type { SampleLine } from '../results/journal.schema.ts';
import type { MetricDefinition } from '../results/metrics.ts';
import type { TestName } from '../vocabulary.ts';
import type { DeploymentData } from './deployment-data.ts';

/** What one deployment says of a cell: at least one value, in the metric's unit. */
export interface DeploymentValues {
  readonly deployment: string;
  readonly values: readonly number[];
}

/** Samples that count: measured after the warm-up, and successful. A failed one is missing, never zero. */
export function listMeasuredSamples({ samples }: DeploymentData, test: TestName): readonly SampleLine[] {
  return samples.filter((sample) => sample.test === test && sample.phase === 'measure' && sample.status === 'ok');
}

/** The values of a metric by deployment; deployments without any are left out. */
export function collectValues(
  deployments: readonly DeploymentData[],
  test: TestName,
  metric: MetricDefinition,
): readonly DeploymentValues[] {
  return deployments
    .map((deployment) => ({
      deployment: deployment.line.id,
      values: listMeasuredSamples(deployment, test).flatMap((sample) => readValue(sample, metric)),
    }))
    .filter(({ values }) => values.length > 0);
}

/** Every single reply of the pings, in seconds; empty for other tests. */
export function collectReplies(deployments: readonly DeploymentData[], test: TestName): readonly number[] {
  return deployments
    .flatMap((deployment) => listMeasuredSamples(deployment, test))
    .flatMap((sample) => {
      const replies = sample.metrics.replies;
      return replies !== undefined && 'values' in replies ? replies.values : [];
    });
}

function readValue(sample: SampleLine, metric: MetricDefinition): readonly number[] {
  const found = sample.metrics[metric.name];
  if (found === undefined) return [];
  if ('value' in found && found.unit === metric.unit) return [found.value];
  const shown = 'value' in found ? `a value in ${found.unit}` : 'a list of values';
  throw new MeasurementError(
    `sample ${sample.order} of ${sample.test} gives ${metric.name} as ${shown}; one value in ${metric.unit} is accepted`,
  );
}
