import * as z from 'zod';
import { verdicts } from '../comparison/comparison.schema.ts';
import { regimes, topologies } from '../vocabulary.ts';

const sha1 = z.string().regex(/^[0-9a-f]{40}$/);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** A name that is also a folder, so never a path, and never hidden. */
const plainName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);
/** Long enough for a kernel's command line; nothing from a file may be longer. */
const shortText = z.string().max(4096);
const positive = z.number().positive();

/** One side of a cell, an entry for each fresh start that gave a value, in the order of measuring. */
export const nightSideSchema = z.strictObject({
  /** Median of the start's samples, in the metric's unit. */
  medians: z.array(positive).max(100),
  /** How many samples each start has. */
  samples: z.array(z.int().min(1)).max(100),
  /** Mean distance of the logarithms of the start's samples from their median; null for one sample. */
  spreads: z.array(z.number().min(0).nullable()).max(100),
});

export const nightCellSchema = z.strictObject({
  /** `guest/attachment/test/metric`; the host is said by the night. */
  id: z.string().min(1).max(200),
  /** Only primary cells raise alarms. */
  role: z.enum(['primary', 'secondary']),
  metric: z.strictObject({
    name: z.string().min(1).max(64),
    unit: z.string().min(1).max(16),
    better: z.enum(['higher', 'lower']),
  }),
  baseline: nightSideSchema,
  candidate: nightSideSchema,
  /** candidate / baseline of that night, from the comparison; null where it could not be computed. */
  ratio: positive.nullable(),
  /** Relative difference that does not matter; null for metrics without one. */
  margin: positive.nullable(),
  verdict: z.enum(verdicts),
});

const profileSchema = z.strictObject({ profile: plainName, sha256, revision: sha1.nullable() });

/** `tunegate.night/1`: what later nights need of one run, in one small file that is never changed. */
export const nightSchema = z.strictObject({
  schema: z.literal('tunegate.night/1'),
  /** Start of the run, RFC 3339 in UTC. */
  time: z.iso.datetime(),
  /** Name of the host, which is also the label of its runner. */
  host: plainName,
  /** Name of the comparison in its request, usually that of the candidate's profile. */
  comparison: plainName,
  /** Of the workflow run, or of the journal where there was no workflow. */
  run: z.strictObject({ id: plainName, attempt: z.int().min(1) }),
  /** Commit of the repository that was measured; null when it is not known. */
  commit: sha1.nullable(),
  topology: z.enum(topologies),
  /** What makes one night's figures as exact as another's. */
  design: z.strictObject({
    plan: plainName,
    regime: z.enum(regimes),
    deployments: z.int().min(1),
    samples: z.int().min(1),
    seconds: z.int().min(1),
  }),
  status: z.enum(['complete', 'partial', 'interrupted', 'killed']),
  baseline: profileSchema,
  candidate: profileSchema,
  /** What must be equal for two nights to be compared, `host.kernel.release` and the like; several values are joined. */
  environment: z.record(z.string().max(100), shortText),
  cells: z.array(nightCellSchema).max(1000),
});

export type NightSide = z.infer<typeof nightSideSchema>;
export type NightCell = z.infer<typeof nightCellSchema>;
export type Night = z.infer<typeof nightSchema>;
