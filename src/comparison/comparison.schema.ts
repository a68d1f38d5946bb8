import * as z from 'zod';
import { resolvedPlanSchema } from '../plans/plan.schema.ts';
import { checkSchema } from '../results/journal.schema.ts';
import { accelerators, attachments, guestKinds, layers, sides, testNames, topologies } from '../vocabulary.ts';

export const verdicts = ['improved', 'regressed', 'unchanged', 'inconclusive', 'invalid'] as const;
export type Verdict = (typeof verdicts)[number];

const interval = z.tuple([z.number(), z.number()]);

const metricSchema = z.strictObject({ name: z.string(), unit: z.string(), better: z.enum(['higher', 'lower']) });

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

export const diagnosticKinds = [
  'drift',
  'autocorrelation',
  'order effect',
  'noise regime',
  'modes',
  'missing samples',
  'outliers',
  'disturbance',
] as const;

export const diagnosticSchema = z.strictObject({
  kind: z.enum(diagnosticKinds),
  fired: z.boolean(),
  /** Chance of such a finding on independent data; left out where it is no matter of chance. */
  p: z.number().min(0).max(1).optional(),
  /** One sentence, with its figures. */
  finding: z.string(),
});

export const comparisonCellSchema = z.strictObject({
  /** `guest/attachment/test/metric`, with `HOST:` before it when a run covers several hosts. */
  id: z.string().min(1),
  role: z.enum(['primary', 'secondary']),
  metric: metricSchema,
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
  /** Mean distance of the values (logarithms) from the median of their deployment or block: candidate / baseline. */
  spread: z.strictObject({
    ratio: z.number().nullable(),
    interval95: interval.nullable(),
    p: z.number().nullable(),
    /** Holm over the spread p of the cells of the same role. */
    pAdjusted: z.number().min(0).max(1).nullable().optional(),
    /** `permutation`, or `normal-permutation` for its normal limit on very many values. */
    pMethod: z.string().nullable().optional(),
    verdict: z.enum(['improved', 'regressed', 'inconclusive']).nullable(),
  }),
  /** candidate / baseline - 1, upwards, found with power 0.8 at level 0.05 / number of primary cells. */
  detectableChange: z.number().nullable(),
  /** Relative; null for cells that carry `difference`. */
  margin: z.strictObject({ value: z.number(), source: z.enum(['policy', 'learned', 'provisional']) }).nullable(),
  verdict: z.enum(verdicts),
  reason: z.string(),
  /** What the verdict would be without the diagnostics, which can only make it inconclusive. */
  verdictBeforeDiagnostics: z.enum(verdicts).optional(),
  /** What was looked at beside the figures; `fired`: it makes the verdict inconclusive. */
  diagnostics: z.array(diagnosticSchema).optional(),
  /** Present when values lie more than 3 interquartile ranges outside the quartiles of their deployment or block. */
  sensitivity: z
    .strictObject({
      /** Labelled values a side; none is dropped from anything else. */
      baseline: z.int().min(0),
      candidate: z.int().min(0),
      /** The cell without them; p is adjusted with the p of the other cells as they are. */
      pAdjusted: z.number().min(0).max(1).nullable(),
      verdict: z.enum(verdicts),
    })
    .optional(),
  /** Of a virtual machine: kvm and tcg are never compared. */
  accelerator: z.enum(accelerators).optional(),
  warnings: z.array(z.string()),
  /** Path of a null field inside this cell to the reason why it is null. */
  missing: z.record(z.string(), z.string()),
});

/** The cells of a test together: evidence that no single row has. Not adjusted, never gated. */
export const headlineSchema = z.strictObject({
  /** null: the ids name no test, so the cells of a metric are taken together. */
  test: z.string().nullable(),
  metric: metricSchema,
  /** How many cells went into it. */
  cells: z.int().min(1),
  ratio: z.strictObject({ estimate: z.number(), interval95: interval.nullable() }),
  p: z.number().min(0).max(1),
  pMethod: z.string(),
});

/** Rule `deployment`: difference of the means of log deployment medians, t interval. */
export const guestRatioSchema = z.strictObject({
  /** `HOST:` of ids that name one, else null. */
  host: z.string().nullable(),
  attachment: z.enum(attachments),
  test: z.enum(testNames),
  metric: metricSchema,
  side: z.enum(sides),
  guest: z.enum(guestKinds),
  /** guest / reference. */
  reference: z.enum(guestKinds),
  /** Of the virtual machine of the pair; null without one, or where it is not known. */
  accelerator: z.enum(accelerators).nullable(),
  /** Of the guest and of the reference. */
  deployments: z.tuple([z.int(), z.int()]),
  ratio: z.strictObject({ estimate: z.number(), interval95: interval.nullable() }),
  p: z.number().min(0).max(1).nullable(),
  /** Why the interval and p are null; null when they are not. */
  untested: z.string().nullable(),
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

export const contextSchema = z.strictObject({
  runs: z.array(z.string()),
  plan: resolvedPlanSchema,
  topology: z.enum(topologies),
  baseline: sideNameSchema,
  candidate: sideNameSchema,
  /** false: the sides come from two runs. */
  interleaved: z.boolean(),
  /** Boots of the host that gave measured samples, where the sides alternate by boot. */
  boots: z.strictObject({ baseline: z.int(), candidate: z.int() }).optional(),
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
});

/** `tunegate.comparison/1` (design, section 4.3): no times, no paths; same input, same bytes. */
export const comparisonSchema = z.strictObject({
  schema: z.literal('tunegate.comparison/1'),
  seed: z.int().min(0),
  /** What was compared; lets a report be written from this document alone. null: the data came without a run. */
  context: contextSchema.nullable(),
  cells: z.array(comparisonCellSchema),
  family: z.strictObject({
    verdict: z.enum(verdicts),
    regressed: z.int(),
    improved: z.int(),
    unchanged: z.int(),
    inconclusive: z.int(),
    invalid: z.int(),
    /** Primary cells that have enough data for their p to reach the level of the family at all. */
    decidable: z.int().optional(),
    /** What a cell that has too little needs; null when all have enough. */
    needs: z.string().nullable().optional(),
  }),
  /** One test over all primary cells of a test, in which each cell (block) is a stratum of its own. */
  headlines: z.array(headlineSchema).optional(),
  /** One kind of guest as a multiple of another, on each side for itself. */
  guestRatios: z.array(guestRatioSchema).optional(),
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
    /** What was read back of the applied parameters that differ: the first reading of each result on a side. */
    readings: z.array(checkSchema.extend({ side: z.enum(sides) })).optional(),
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
export type Diagnostic = z.infer<typeof diagnosticSchema>;
export type Headline = z.infer<typeof headlineSchema>;
export type GuestRatio = z.infer<typeof guestRatioSchema>;
export type Context = z.infer<typeof contextSchema>;
export type Comparison = z.infer<typeof comparisonSchema>;
