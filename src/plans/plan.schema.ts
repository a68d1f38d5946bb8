import * as z from 'zod';
import { attachments, guestKinds, layers, regimes, testNames } from '../vocabulary.ts';

const listOf = <Word extends string>(words: readonly [Word, ...Word[]]) =>
  z
    .array(z.enum(words))
    .min(1)
    .refine((list) => new Set(list).size === list.length, { error: 'names the same entry twice' });

/** A plan as a person writes it: `runner-setup/plans/NAME.yaml`. */
export const planSchema = z.strictObject({
  /** The plan's name; equals the file's. */
  name: z
    .string()
    .max(100)
    .regex(/^[a-z0-9][a-z0-9-]*$/, { error: 'must be lower-case words joined by hyphens' }),
  /** One sentence: what the plan is for. */
  description: z.string().min(1),
  /** The layers that are the treatment: only their parameters are applied and probed. */
  layers: listOf(layers),
  guests: listOf(guestKinds),
  attachments: listOf(attachments),
  tests: listOf(testNames),
  /** Fresh starts of a guest per side. */
  deployments: z.int().min(1).max(100),
  /** Invocations of each test inside one deployment, after the warm-up. */
  samples: z.int().min(1).max(1000),
  /**
   * Requested duration of one invocation, seconds; the warm-up lasts as long. Whole, since netperf and iperf3 read an
   * integer and take 0 for "without end": `netperf -l 0.5` and `iperf3 -t 0.5` never stop (2.7.0 and 3.12).
   */
  seconds: z.int().min(1).max(3600),
  ping: z
    .strictObject({
      /** Echo requests in one sample. */
      count: z.int().min(3).max(10_000),
      /** Seconds between two requests. The answer depends on it: at 1 s idle states are measured too. */
      intervalSeconds: z.number().min(0.002).max(10),
      /** Samples of ping in a deployment, where they are not as many as those of the other tests. */
      samples: z.int().min(1).max(1000).optional(),
    })
    .default({ count: 10, intervalSeconds: 0.1 }),
  /** Which iperf measures iperf_tcp and iperf_udp; iperf3 where it is not said. The thesis used iperf 2. */
  iperf: z.enum(['iperf3', 'iperf2']).optional(),
  /** Offered rate of iperf_udp, bit/s. */
  iperfUdpBitsPerSecond: z.int().min(1_000_000).max(400_000_000_000).default(100_000_000),
});

export type Plan = z.infer<typeof planSchema>;

/** A cell, or a whole part of the matrix, that this machine or topology cannot measure. */
export const unsupportedSchema = z.strictObject({
  guest: z.enum(guestKinds),
  attachment: z.enum(attachments),
  /** null: every test of this guest and attachment. */
  test: z.enum(testNames).nullable(),
  reason: z.string().min(1),
});

export type Unsupported = z.infer<typeof unsupportedSchema>;

/** A plan as a run executes it: nothing left open, what cannot run here named. */
export const resolvedPlanSchema = planSchema.extend({
  regime: z.enum(regimes),
  unsupported: z.array(unsupportedSchema),
});

export type ResolvedPlan = z.infer<typeof resolvedPlanSchema>;
