import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  checkSchema,
  resolvedPlanSchema
} from "./chunk-4P3W6BXG.js";
import {
  accelerators,
  attachments,
  guestKinds,
  layers,
  sides,
  testNames,
  topologies
} from "./chunk-E4HQEAUX.js";
import {
  _enum,
  array,
  boolean,
  describeProblems,
  int,
  literal,
  number,
  record,
  strictObject,
  string,
  tuple
} from "./chunk-QDEKYFEH.js";
import {
  messageOf
} from "./chunk-5RZY2RT7.js";

// src/github/parse-answer.ts
function parseAnswer(schema, data, what) {
  const outcome = schema.safeParse(data);
  if (outcome.success) return outcome.data;
  const finding = describeProblems(outcome.error);
  throw new Error(`GitHub's answer about ${what} is not what it should be: ${finding.slice(0, 300)}`, {
    cause: outcome.error
  });
}

// src/github/request-errors.ts
function statusOf(thrown) {
  const status = thrown instanceof Error ? Reflect.get(thrown, "status") : void 0;
  return typeof status === "number" ? status : null;
}
function isRefusal(thrown) {
  const status = statusOf(thrown);
  if (status === 404 || status === 410) return true;
  return status === 403 && !/rate limit|abuse/i.test(messageOf(thrown));
}
function isTooLong(thrown) {
  return statusOf(thrown) === 422 && /too long|maximum/i.test(messageOf(thrown));
}

// src/comparison/comparison.schema.ts
var verdicts = ["improved", "regressed", "unchanged", "inconclusive", "invalid"];
var interval = tuple([number(), number()]);
var metricSchema = strictObject({ name: string(), unit: string(), better: _enum(["higher", "lower"]) });
var boxSchema = strictObject({
  n: int().min(1),
  minimum: number(),
  q1: number(),
  median: number(),
  q3: number(),
  maximum: number()
});
var sideSummarySchema = strictObject({
  n: int().min(0),
  deployments: int().min(0),
  minimum: number().nullable(),
  q1: number().nullable(),
  median: number().nullable(),
  q3: number().nullable(),
  maximum: number().nullable(),
  /** Order statistics; null below 6 samples. */
  medianInterval95: interval.nullable(),
  /** ping: over every single reply, which is what the box plot draws; null for other tests. */
  replies: boxSchema.nullable()
});
var diagnosticKinds = [
  "drift",
  "autocorrelation",
  "order effect",
  "noise regime",
  "modes",
  "missing samples",
  "outliers",
  "disturbance"
];
var diagnosticSchema = strictObject({
  kind: _enum(diagnosticKinds),
  fired: boolean(),
  /** Chance of such a finding on independent data; left out where it is no matter of chance. */
  p: number().min(0).max(1).optional(),
  /** One sentence, with its figures. */
  finding: string()
});
var comparisonCellSchema = strictObject({
  /** `guest/attachment/test/metric`, with `HOST:` before it when a run covers several hosts. */
  id: string().min(1),
  role: _enum(["primary", "secondary"]),
  metric: metricSchema,
  observation: _enum(["sample", "block", "deployment"]),
  baseline: sideSummarySchema,
  candidate: sideSummarySchema,
  /** candidate / baseline; null for metrics with zeros or negatives, and where nothing can be computed. */
  ratio: strictObject({ estimate: number(), interval95: interval.nullable(), interval90: interval.nullable() }).nullable(),
  /** candidate - baseline in the metric's unit, for metrics with zeros or negatives (loss, retransmits). */
  difference: strictObject({ estimate: number(), interval95: interval.nullable(), interval90: interval.nullable() }).nullable(),
  p: number().min(0).max(1).nullable(),
  /** Holm over the cells of the same role. */
  pAdjusted: number().min(0).max(1).nullable(),
  pMethod: string().nullable(),
  /** Mean distance of the values (logarithms) from the median of their deployment or block: candidate / baseline. */
  spread: strictObject({
    ratio: number().nullable(),
    interval95: interval.nullable(),
    p: number().nullable(),
    /** Holm over the spread p of the cells of the same role. */
    pAdjusted: number().min(0).max(1).nullable().optional(),
    /** `permutation`, or `normal-permutation` for its normal limit on very many values. */
    pMethod: string().nullable().optional(),
    verdict: _enum(["improved", "regressed", "inconclusive"]).nullable()
  }),
  /** candidate / baseline - 1, upwards, found with power 0.8 at level 0.05 / number of primary cells. */
  detectableChange: number().nullable(),
  /** Relative; null for cells that carry `difference`. */
  margin: strictObject({ value: number(), source: _enum(["policy", "learned", "provisional"]) }).nullable(),
  verdict: _enum(verdicts),
  reason: string(),
  /** What the verdict would be without the diagnostics, which can only make it inconclusive. */
  verdictBeforeDiagnostics: _enum(verdicts).optional(),
  /** What was looked at beside the figures; `fired`: it makes the verdict inconclusive. */
  diagnostics: array(diagnosticSchema).optional(),
  /** Present when values lie more than 3 interquartile ranges outside the quartiles of their deployment or block. */
  sensitivity: strictObject({
    /** Labelled values a side; none is dropped from anything else. */
    baseline: int().min(0),
    candidate: int().min(0),
    /** The cell without them; p is adjusted with the p of the other cells as they are. */
    pAdjusted: number().min(0).max(1).nullable(),
    verdict: _enum(verdicts)
  }).optional(),
  /** Of a virtual machine: kvm and tcg are never compared. */
  accelerator: _enum(accelerators).optional(),
  warnings: array(string()),
  /** Path of a null field inside this cell to the reason why it is null. */
  missing: record(string(), string())
});
var headlineSchema = strictObject({
  /** null: the ids name no test, so the cells of a metric are taken together. */
  test: string().nullable(),
  metric: metricSchema,
  /** How many cells went into it. */
  cells: int().min(1),
  ratio: strictObject({ estimate: number(), interval95: interval.nullable() }),
  p: number().min(0).max(1),
  pMethod: string()
});
var guestRatioSchema = strictObject({
  /** `HOST:` of ids that name one, else null. */
  host: string().nullable(),
  attachment: _enum(attachments),
  test: _enum(testNames),
  metric: metricSchema,
  side: _enum(sides),
  guest: _enum(guestKinds),
  /** guest / reference. */
  reference: _enum(guestKinds),
  /** Of the virtual machine of the pair; null without one, or where it is not known. */
  accelerator: _enum(accelerators).nullable(),
  /** Of the guest and of the reference. */
  deployments: tuple([int(), int()]),
  ratio: strictObject({ estimate: number(), interval95: interval.nullable() }),
  p: number().min(0).max(1).nullable(),
  /** Why the interval and p are null; null when they are not. */
  untested: string().nullable()
});
var environmentDifferenceSchema = strictObject({
  scope: _enum(["host", "guest", "client"]),
  key: string(),
  baseline: string(),
  candidate: string(),
  /** true: the treatment is known to change this. */
  declared: boolean()
});
var parameterText = string().nullable();
var parameterDifferenceSchema = strictObject({
  parameter: string(),
  layer: _enum(layers),
  baseline: parameterText,
  candidate: parameterText,
  applied: boolean()
});
var sideNameSchema = strictObject({ profile: string(), sha256: string(), revision: string().nullable() });
var contextSchema = strictObject({
  runs: array(string()),
  plan: resolvedPlanSchema,
  topology: _enum(topologies),
  baseline: sideNameSchema,
  candidate: sideNameSchema,
  /** false: the sides come from two runs. */
  interleaved: boolean(),
  /** Boots of the host that gave measured samples, where the sides alternate by boot. */
  boots: strictObject({ baseline: int(), candidate: int() }).optional(),
  /** `complete`, `partial` or `interrupted`; `killed`: the journal has no last line. */
  status: _enum(["complete", "partial", "interrupted", "killed"]),
  versions: record(string(), string()),
  /** Facts of host, guests and client that were the same throughout, under `host.KEY`, `client.KEY`. */
  facts: record(string(), string()),
  /** One-minute load average of the machine over the measured samples. */
  load: strictObject({ median: number(), maximum: number() }).nullable(),
  readySeconds: array(
    strictObject({ guest: _enum(guestKinds), attachment: _enum(attachments), median: number() })
  )
});
var comparisonSchema = strictObject({
  schema: literal("tunegate.comparison/1"),
  seed: int().min(0),
  /** What was compared; lets a report be written from this document alone. null: the data came without a run. */
  context: contextSchema.nullable(),
  cells: array(comparisonCellSchema),
  family: strictObject({
    verdict: _enum(verdicts),
    regressed: int(),
    improved: int(),
    unchanged: int(),
    inconclusive: int(),
    invalid: int(),
    /** Primary cells that have enough data for their p to reach the level of the family at all. */
    decidable: int().optional(),
    /** What a cell that has too little needs; null when all have enough. */
    needs: string().nullable().optional()
  }),
  /** One test over all primary cells of a test, in which each cell (block) is a stratum of its own. */
  headlines: array(headlineSchema).optional(),
  /** One kind of guest as a multiple of another, on each side for itself. */
  guestRatios: array(guestRatioSchema).optional(),
  environmentDifference: array(environmentDifferenceSchema),
  parameterDifference: array(parameterDifferenceSchema),
  /** Parameters of either side that this run did not apply because their layer is not part of the plan. */
  notApplied: array(
    strictObject({ parameter: string(), layer: _enum(layers), side: _enum(sides), value: string() })
  ),
  /** How many probes said what; every check that is not `verified`, once per side. */
  treatment: strictObject({
    verified: int(),
    mismatch: int(),
    unprobed: int(),
    notApplicable: int(),
    notVerified: array(checkSchema.extend({ side: _enum(sides) })),
    /** What was read back of the applied parameters that differ: the first reading of each result on a side. */
    readings: array(checkSchema.extend({ side: _enum(sides) })).optional()
  }),
  /** Failed starts and samples, and what was planned and is not there, one sentence each with its reason. */
  failures: array(
    strictObject({
      deployment: string(),
      side: _enum(sides),
      guest: _enum(guestKinds),
      attachment: _enum(attachments),
      /** null: the deployment itself. */
      test: _enum(testNames).nullable(),
      reason: string(),
      /** A later try of the same thing succeeded. */
      retried: boolean()
    })
  ),
  warnings: array(string())
});

export {
  parseAnswer,
  statusOf,
  isRefusal,
  isTooLong,
  verdicts,
  comparisonSchema
};
