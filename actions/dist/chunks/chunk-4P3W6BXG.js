import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  accelerators,
  attachments,
  guestKinds,
  layers,
  regimes,
  sides,
  testNames,
  topologies
} from "./chunk-E4HQEAUX.js";
import {
  _enum,
  _null,
  array,
  boolean,
  discriminatedUnion,
  int,
  iso_exports,
  literal,
  number,
  record,
  strictObject,
  string,
  union
} from "./chunk-QDEKYFEH.js";

// src/plans/plan.schema.ts
var listOf = (words) => array(_enum(words)).min(1).refine((list) => new Set(list).size === list.length, { error: "names the same entry twice" });
var planSchema = strictObject({
  /** The plan's name; equals the file's. */
  name: string().max(100).regex(/^[a-z0-9][a-z0-9-]*$/, { error: "must be lower-case words joined by hyphens" }),
  /** One sentence: what the plan is for. */
  description: string().min(1),
  /** The layers that are the treatment: only their parameters are applied and probed. */
  layers: listOf(layers),
  guests: listOf(guestKinds),
  attachments: listOf(attachments),
  tests: listOf(testNames),
  /** Fresh starts of a guest per side. */
  deployments: int().min(1).max(100),
  /** Invocations of each test inside one deployment, after the warm-up. */
  samples: int().min(1).max(1e3),
  /**
   * Requested duration of one invocation, seconds; the warm-up lasts as long. Whole, since netperf and iperf3 read an
   * integer and take 0 for "without end": `netperf -l 0.5` and `iperf3 -t 0.5` never stop (2.7.0 and 3.12).
   */
  seconds: int().min(1).max(3600),
  ping: strictObject({
    /** Echo requests in one sample. */
    count: int().min(3).max(1e4),
    /** Seconds between two requests. The answer depends on it: at 1 s idle states are measured too. */
    intervalSeconds: number().min(2e-3).max(10),
    /** Samples of ping in a deployment, where they are not as many as those of the other tests. */
    samples: int().min(1).max(1e3).optional()
  }).default({ count: 10, intervalSeconds: 0.1 }),
  /** Which iperf measures iperf_tcp and iperf_udp; iperf3 where it is not said. The thesis used iperf 2. */
  iperf: _enum(["iperf3", "iperf2"]).optional(),
  /** Offered rate of iperf_udp, bit/s. */
  iperfUdpBitsPerSecond: int().min(1e6).max(4e11).default(1e8)
});
var unsupportedSchema = strictObject({
  guest: _enum(guestKinds),
  attachment: _enum(attachments),
  /** null: every test of this guest and attachment. */
  test: _enum(testNames).nullable(),
  reason: string().min(1)
});
var resolvedPlanSchema = planSchema.extend({
  regime: _enum(regimes),
  unsupported: array(unsupportedSchema)
});

// src/results/journal.schema.ts
var time = iso_exports.datetime();
var scalar = union([string(), number(), boolean(), _null()]);
var factsSchema = record(string(), scalar);
var parameterValue = union([string(), number(), boolean(), array(union([string(), number()]))]);
var sideSchema = strictObject({
  profile: string(),
  /** Of the resolved parameters, so that an edit of a comment changes nothing. */
  sha256: string().regex(/^[0-9a-f]{64}$/),
  /** Commit the profile was read at; null when read from the work tree. */
  revision: string().nullable(),
  /** Every parameter after `extends`, those of layers that this run does not apply included. */
  parameters: record(string(), parameterValue)
});
var runLineSchema = strictObject({
  kind: literal("run"),
  time,
  schema: literal("tunegate.run/1"),
  id: string(),
  seed: int().min(0),
  plan: resolvedPlanSchema,
  topology: _enum(topologies),
  /** Digest of the host's machine id, by which it is known again after it was booted; null: it has none. */
  machineId: string().nullable().optional(),
  baseline: sideSchema,
  candidate: sideSchema,
  /** Tool name to version: `{"netperf": "2.7.0", "tunegate": "0.1.0"}`. */
  versions: record(string(), string())
});
var checkSchema = strictObject({
  parameter: string(),
  layer: _enum(layers),
  requested: string(),
  /** What the probe read, or why it could not. */
  found: string(),
  /** Where it was read. */
  probe: string(),
  result: _enum(["verified", "mismatch", "unprobed", "not-applicable"])
});
var deploymentLineSchema = strictObject({
  kind: literal("deployment"),
  time,
  id: string(),
  /** Position in the run, from 1. */
  order: int().min(1),
  /** Block of the interleaved order, from 1. */
  block: int().min(1),
  side: _enum(sides),
  host: string(),
  guest: _enum(guestKinds),
  attachment: _enum(attachments),
  accelerator: _enum(accelerators).nullable(),
  bootId: string(),
  readySeconds: number().nullable(),
  facts: strictObject({ host: factsSchema, guest: factsSchema, client: factsSchema }).nullable(),
  checks: array(checkSchema)
});
var quantity = strictObject({ value: number(), unit: string() });
var quantities = strictObject({ values: array(number()), unit: string() });
var sampleLineSchema = strictObject({
  kind: literal("sample"),
  time,
  deployment: string(),
  test: _enum(testNames),
  /** Name and version of the measuring tool. */
  tool: string(),
  phase: _enum(["warmup", "measure"]),
  block: int().min(1),
  /** Position in the run, from 1. */
  order: int().min(1),
  start: time,
  /** Wall time of the tool, monotonic clock. */
  seconds: number(),
  argv: array(string()).min(1),
  status: _enum(["ok", "failed"]),
  reason: string().nullable(),
  /** Base units; empty when failed. `replies` of ping has `values`. */
  metrics: record(string(), union([quantity, quantities])),
  diagnostics: record(string(), scalar)
});
var deploymentEndLineSchema = strictObject({
  kind: literal("deployment-end"),
  time,
  id: string(),
  status: _enum(["ok", "failed"]),
  reason: string().nullable()
});
var resumeLineSchema = strictObject({ kind: literal("resume"), time, reason: string() });
var runEndLineSchema = strictObject({
  kind: literal("run-end"),
  time,
  status: _enum(["complete", "partial", "interrupted"]),
  reason: string().nullable()
});
var journalLineSchema = discriminatedUnion("kind", [
  runLineSchema,
  deploymentLineSchema,
  sampleLineSchema,
  deploymentEndLineSchema,
  resumeLineSchema,
  runEndLineSchema
]);

export {
  planSchema,
  resolvedPlanSchema,
  checkSchema,
  journalLineSchema
};
