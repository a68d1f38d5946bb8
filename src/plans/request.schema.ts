import * as z from 'zod';
import { layers, regimes } from '../vocabulary.ts';

const sha1 = z.string().regex(/^[0-9a-f]{40}$/);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** A file name without a path: also safe in an artifact's name. */
const plainName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);

const sideSchema = z.strictObject({
  profile: plainName,
  /** Of the resolved profile, as in the journal. */
  sha256,
  /** Commit from which its files were read; null: of no commit, for example a working tree. */
  revision: sha1.nullable(),
});

/** One profile whose resolved parameters a change moves, and what measuring that takes. */
export const requestedComparisonSchema = z.strictObject({
  /** Name of the profile, unique in a request; its folder in the plan directory. */
  name: plainName,
  change: z.enum(['modified', 'added', 'deleted', 'none']),
  /** null on both sides for a deleted profile: there is nothing to measure. */
  baseline: sideSchema.nullable(),
  candidate: sideSchema.nullable(),
  parameterDifference: z.array(
    z.strictObject({
      parameter: z.string(),
      layer: z.enum(layers),
      baseline: z.string().nullable(),
      candidate: z.string().nullable(),
      /** Whether the plan reaches it. */
      applied: z.boolean(),
    }),
  ),
  regime: z.enum(regimes),
  /** Primary cells. */
  cells: z.int().min(0),
  deployments: z.int().min(1),
  samples: z.int().min(1),
  estimatedSeconds: z.number().min(0),
  /** Relative change expected to be found, from the cells' history; null without one. */
  detectableChange: z.number().positive().nullable(),
  /** One sentence each. */
  notes: z.array(z.string()),
});

/** `request.json` of a plan directory: what a workflow is to measure, and for whom. */
export const requestSchema = z.strictObject({
  schema: z.literal('tunegate.request/1'),
  repository: z.strictObject({ owner: plainName, name: plainName }),
  trigger: z.enum(['pull-request', 'comment', 'label', 'schedule', 'manual']),
  pullRequest: z.int().min(1).nullable(),
  /** Merge base of the pull request, else the commit measured. */
  baseSha: sha1,
  headSha: sha1,
  /** Login of whoever allowed the measurement; null: nobody had to, or nobody has yet. */
  approvedBy: z.string().nullable(),
  plan: z.strictObject({
    name: plainName,
    sha256,
    /** Where the plan was read: the default branch, or the head of the pull request. */
    source: z.enum(['default-branch', 'pull-request']),
  }),
  /** Names of hosts, which are also labels of their runners. */
  hosts: z.array(plainName).min(1),
  comparisons: z.array(requestedComparisonSchema),
  shouldMeasure: z.boolean(),
  /** Why nothing is measured; null when something is. */
  reason: z.enum(['no-tuning-files', 'needs-approval', 'invalid-files', 'nothing-to-compare']).nullable(),
  /** Sentences for the reader: errors in the files, what is not applied, what a change will not show. */
  notes: z.array(z.string()),
});

export type RequestedComparison = z.infer<typeof requestedComparisonSchema>;
export type Request = z.infer<typeof requestSchema>;
