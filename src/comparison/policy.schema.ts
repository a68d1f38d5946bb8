import * as z from 'zod';
import { metricsByTest } from '../results/metrics.ts';

const metricNames = [...new Set(Object.values(metricsByTest).flatMap((metrics) => metrics.map(({ name }) => name)))];

/** Relative: 0.02 is 2 %. Nothing could ever be shown to lie inside a margin of zero. */
const margin = z.number().min(0.0001).max(1);

/** What is known of a cell from before; see `policySchema`. */
export const historySchema = z.strictObject({
  deployments: z.array(z.number().positive()).default([]),
  ratios: z.array(z.number().positive()).default([]),
  /** Spread inside each of earlier deployments: mean distance of the logarithms of its values from their median. */
  spreads: z.array(z.number().min(0)).optional(),
});

/** A policy as a person writes it: `tunegate.policy.yaml`. */
export const policySchema = z.strictObject({
  /** Difference below which a change does not matter, by name of the metric; the others keep their defaults. */
  margins: z.strictObject(Object.fromEntries(metricNames.map((name) => [name, margin.optional()]))).default({}),
  /** The same for single cells, by id (`docker/bridge/tcp_rr/latency`); goes before the metric's margin. */
  cellMargins: z.record(z.string(), margin).default({}),
  /**
   * What is known of single cells from before, by id: `deployments` are medians of earlier fresh starts without a
   * change among them, in the metric's unit (their variance counts from 30 on), `ratios` candidate / baseline of A/A
   * comparisons of the same design, oldest first (the largest of the last 59 is the least margin), `spreads` how much
   * the values inside of a fresh start scattered (more than twice that makes the cell inconclusive).
   */
  history: z.record(z.string(), historySchema).default({}),
  gate: z
    .strictObject({
      /** What an inconclusive primary cell does to the gate. */
      inconclusive: z.enum(['pass', 'fail']).default('pass'),
    })
    .default({ inconclusive: 'pass' }),
});

/** The same for values that did not come from a run: their metrics have any name. */
export const anyMetricPolicySchema = policySchema.extend({ margins: z.record(z.string(), margin).default({}) });

export type Policy = z.infer<typeof policySchema>;

/** What holds without a policy file. */
export const defaultPolicy: Policy = policySchema.parse({});
