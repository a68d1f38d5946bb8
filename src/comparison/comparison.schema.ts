import * as z from 'zod';
import { resolvedPlanSchema } from '../plans/plan.schema.ts';
import { checkSchema } from '../results/journal.schema.ts';
import { attachments, guestKinds, layers, sides, testNames, topologies } from '../vocabulary.ts';

export const verdicts = ['improved', 'regressed', 'unchanged', 'inconclusive', 'invalid'] as const;
export type Verdict = (typeof verdicts)[number];

const interval = z.tuple([z.number(), z.number()]);

/** Five numbers (quantiles of type 7) over the values a box plot draws. */
export const boxSchema = z.strictObject({
  n: z.int().min(1),
  minimum: z.number(),
  q1: z.number(),
  median: z.number(),
  q3: z.number(),
  maximum: z.number(),
});

/** One side of a cell. `n` counts measured samples, warm-ups left out; the numbers are null when n is 0. */
export const sideSummarySchema = z.strictObject({
  n: z.int().min(0),
  deployments: z.int().min(0),
  minimum: z.number().nullable(),
  q1: z.number().nullable(),
  median: z.number().nullable(),
  q3: z.number().nullable(),
  maximum: z.number().nullable(),
  /** Order statistics; null below 6 samples. */
  medianInterval95: interval.nullable(),
  /** ping: over every single reply, which is what the box plot draws; null for other tests. */
  replies: boxSchema.nullable(),
});

export const comparisonCellSchema = z.strictObject({
  /** `guest/attachment/test/metric`, with `HOST:` before it when a run covers several hosts. */
  id: z.string().min(1),
  role: z.enum(['primary', 'secondary']),
  metric: z.strictObject({ name: z.string(), unit: z.string(), better: z.enum(['higher', 'lower']) }),
  observation: z.enum(['sample', 'block', 'deployment']),
  baseline: sideSummarySchema,
  candidate: sideSummarySchema,
  /** candidate / baseline; null for metrics with zeros or negatives, and where nothing can be computed. */
  ratio: z
    .strictObject({ estimate: z.number(), interval95: interval.nullable(), interval90: interval.nullable() })
    .nullable(),
  /** candidate - baseline in the metric's unit, for metrics with zeros or negatives (loss, retransmits). */
  difference: z
    .strictObject({ estimate: z.number(), interval95: interval.nullable(), interval90: interval.nullable() })
    .nullable(),
  p: z.number().min(0).max(1).nullable(),
  /** Holm over the cells of the same role. */
  pAdjusted: z.number().min(0).max(1).nullable(),
  pMethod: z.string().nullable(),
  spread: z.strictObject({
    ratio: z.number().nullable(),
    interval95: interval.nullable(),
    p: z.number().nullable(),
    verdict: z.enum(['improved', 'regressed', 'inconclusive']).nullable(),
  }),
  /** candidate / baseline - 1, upwards, found with power 0.8 at level 0.05 / number of primary cells. */
  detectableChange: z.number().nullable(),
  /** Relative; null for cells that carry `difference`. */
  margin: z.strictObject({ value: z.number(), source: z.enum(['policy', 'learned', 'provisional']) }).nullable(),
  verdict: z.enum(verdicts),
  reason: z.string(),
  warnings: z.array(z.string()),
  /** Path of a null field inside this cell to the reason why it is null. */
  missing: z.record(z.string(), z.string()),
});

export const environmentDifferenceSchema = z.strictObject({
  scope: z.enum(['host', 'guest', 'client']),
  key: z.string(),
  baseline: z.string(),
  candidate: z.string(),
  /** true: the treatment is known to change this. */
  declared: z.boolean(),
});

const parameterText = z.string().nullable();

/** A parameter that differs between the sides; null: not set on that side. `applied`: its layer was part of this run. */
export const parameterDifferenceSchema = z.strictObject({
  parameter: z.string(),
  layer: z.enum(layers),
  baseline: parameterText,
  candidate: parameterText,
  applied: z.boolean(),
});

const sideNameSchema = z.strictObject({ profile: z.string(), sha256: z.string(), revision: z.string().nullable() });

/** `tunegate.comparison/1` (design, section 4.3): no times, no paths; same input, same bytes. */
export const comparisonSchema = z.strictObject({
  schema: z.literal('tunegate.comparison/1'),
  seed: z.int().min(0),
  /** What was compared; lets a report be written from this document alone. */
  context: z.strictObject({
    runs: z.array(z.string()),
    plan: resolvedPlanSchema,
    topology: z.enum(topologies),
    baseline: sideNameSchema,
    candidate: sideNameSchema,
    /** false: the sides come from two runs. */
    interleaved: z.boolean(),
    /** `complete`, `partial` or `interrupted`; `killed`: the journal has no last line. */
    status: z.enum(['complete', 'partial', 'interrupted', 'killed']),
    versions: z.record(z.string(), z.string()),
    /** Facts of host, guests and client that were the same throughout, under `host.KEY`, `client.KEY`. */
    facts: z.record(z.string(), z.string()),
    /** One-minute load average of the machine over the measured samples. */
    load: z.strictObject({ median: z.number(), maximum: z.number() }).nullable(),
    readySeconds: z.array(
      z.strictObject({ guest: z.enum(guestKinds), attachment: z.enum(attachments), median: z.number() }),
    ),
  }),
  cells: z.array(comparisonCellSchema),
  family: z.strictObject({
    verdict: z.enum(verdicts),
    regressed: z.int(),
    improved: z.int(),
    unchanged: z.int(),
    inconclusive: z.int(),
    invalid: z.int(),
  }),
  environmentDifference: z.array(environmentDifferenceSchema),
  parameterDifference: z.array(parameterDifferenceSchema),
  /** Parameters of either side that this run did not apply because their layer is not part of the plan. */
  notApplied: z.array(
    z.strictObject({ parameter: z.string(), layer: z.enum(layers), side: z.enum(sides), value: z.string() }),
  ),
  /** How many probes said what; every check that is not `verified`, once per side. */
  treatment: z.strictObject({
    verified: z.int(),
    mismatch: z.int(),
    unprobed: z.int(),
    notApplicable: z.int(),
    notVerified: z.array(checkSchema.extend({ side: z.enum(sides) })),
  }),
  /** Failed starts and samples, and what was planned and is not there, one sentence each with its reason. */
  failures: z.array(
    z.strictObject({
      deployment: z.string(),
      side: z.enum(sides),
      guest: z.enum(guestKinds),
      attachment: z.enum(attachments),
      /** null: the deployment itself. */
      test: z.enum(testNames).nullable(),
      reason: z.string(),
      /** A later try of the same thing succeeded. */
      retried: z.boolean(),
    }),
  ),
  warnings: z.array(z.string()),
});

export type Interval = z.infer<typeof interval>;
export type Box = z.infer<typeof boxSchema>;
export type SideSummary = z.infer<typeof sideSummarySchema>;
export type ComparisonCell = z.infer<typeof comparisonCellSchema>;
export type EnvironmentDifference = z.infer<typeof environmentDifferenceSchema>;
export type ParameterDifference = z.infer<typeof parameterDifferenceSchema>;
export type Comparison = z.infer<typeof comparisonSchema>;
