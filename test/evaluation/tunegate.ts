import { compareCells } from '../../src/comparison/compare-cells.ts';
import type { ComparisonCell } from '../../src/comparison/comparison.schema.ts';
import { policySchema } from '../../src/comparison/policy.schema.ts';
import type { Engine, EngineAnswer } from './engine.ts';

const metric = { name: 'latency', unit: 's', better: 'lower' } as const;

/** The engine of `tunegate compare`, asked about latencies. */
export const tunegate: Engine = (cells, { seed, margin }) => {
  const policy = policySchema.parse({ margins: { latency: margin } });
  const input = cells.map(({ id, observation, data }) => ({
    id,
    role: 'primary' as const,
    metric,
    observation,
    ...data,
  }));
  return compareCells(input, { seed, policy }).cells.map(readAnswer);
};

function readAnswer(cell: ComparisonCell): EngineAnswer {
  const { verdict, diagnostics = [], p, ratio, detectableChange } = cell;
  return {
    // A latency that has improved is lower.
    found: verdict === 'regressed' ? 'up' : verdict === 'improved' ? 'down' : null,
    unchanged: verdict === 'unchanged',
    diagnosed: diagnostics.some(({ fired }) => fired),
    p,
    estimate: ratio?.estimate ?? null,
    interval95: ratio?.interval95 ?? null,
    detectableChange,
    text: JSON.stringify(cell),
  };
}
