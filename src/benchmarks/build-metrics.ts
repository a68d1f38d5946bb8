import { MeasurementError } from '../errors.ts';
import { metricsByTest } from '../results/metrics.ts';
import type { TestName } from '../vocabulary.ts';
import type { Measured } from './benchmark.ts';

/**
 * The metrics of a test with the units that `metricsByTest` gives them.
 *
 * Values are in base units. Throws `MeasurementError` when one of the test's metrics is missing or not finite: a sample
 * has all of them or is none.
 */
export function buildMetrics(test: TestName, values: Readonly<Record<string, number>>): Measured['metrics'] {
  return Object.fromEntries(
    metricsByTest[test].map(({ name, unit }) => {
      const value = values[name];
      if (value === undefined || !Number.isFinite(value)) {
        throw new MeasurementError(`${test} gave ${name} = ${value}, which must be a finite number`);
      }
      return [name, { value, unit }];
    }),
  );
}
