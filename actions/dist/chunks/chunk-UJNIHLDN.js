import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  attachments,
  guestKinds,
  layers,
  regimes,
  testNames
} from "./chunk-E4HQEAUX.js";
import {
  _enum,
  array,
  int,
  number,
  strictObject,
  string
} from "./chunk-5MN45FIB.js";

// src/plans/plan.schema.ts
var listOf = (words) => array(_enum(words)).min(1).refine((list) => new Set(list).size === list.length, { error: "names the same entry twice" });
var planSchema = strictObject({
  /** The plan's name; equals the file's. */
  name: string().regex(/^[a-z0-9][a-z0-9-]*$/, { error: "must be lower-case words joined by hyphens" }),
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

export {
  planSchema,
  resolvedPlanSchema
};
