import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  planSchema
} from "./chunk-4P3W6BXG.js";
import {
  parseYamlDocument,
  requireName
} from "./chunk-3ZOIEKJZ.js";
import {
  layers,
  regimes
} from "./chunk-E4HQEAUX.js";
import {
  _enum,
  array,
  boolean,
  int,
  literal,
  number,
  strictObject,
  string
} from "./chunk-QDEKYFEH.js";

// src/plans/measured-pairs.ts
function listMeasured({ comparisons }) {
  return comparisons.filter(({ baseline, candidate }) => baseline !== null && candidate !== null);
}
function listPairs(request) {
  if (!request.shouldMeasure) return [];
  return listMeasured(request).flatMap(({ name }) => request.hosts.map((host) => ({ host, comparison: name })));
}

// src/plans/parse-plan.ts
function parsePlan(text, fileName, name) {
  const document = parseYamlDocument(text, fileName, planSchema);
  if (name !== null) requireName(document, name);
  return document.value;
}

// src/plans/request.schema.ts
var sha1 = string().regex(/^[0-9a-f]{40}$/);
var sha256 = string().regex(/^[0-9a-f]{64}$/);
var plainName = string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);
var sideSchema = strictObject({
  profile: plainName,
  /** Of the resolved profile, as in the journal. */
  sha256,
  /** Commit from which its files were read; null: of no commit, for example a working tree. */
  revision: sha1.nullable()
});
var requestedComparisonSchema = strictObject({
  /** Name of the profile, unique in a request; its folder in the plan directory. */
  name: plainName,
  change: _enum(["modified", "added", "deleted", "none"]),
  /** null on both sides for a deleted profile: there is nothing to measure. */
  baseline: sideSchema.nullable(),
  candidate: sideSchema.nullable(),
  parameterDifference: array(
    strictObject({
      parameter: string(),
      layer: _enum(layers),
      baseline: string().nullable(),
      candidate: string().nullable(),
      /** Whether the plan reaches it. */
      applied: boolean()
    })
  ),
  regime: _enum(regimes),
  /** Primary cells. */
  cells: int().min(0),
  deployments: int().min(1),
  samples: int().min(1),
  estimatedSeconds: number().min(0),
  /** Relative change expected to be found, from the cells' history; null without one. */
  detectableChange: number().positive().nullable(),
  /** One sentence each. */
  notes: array(string())
});
var requestSchema = strictObject({
  schema: literal("tunegate.request/1"),
  repository: strictObject({ owner: plainName, name: plainName }),
  trigger: _enum(["pull-request", "comment", "label", "schedule", "manual"]),
  pullRequest: int().min(1).nullable(),
  /** Merge base of the pull request, else the commit measured. */
  baseSha: sha1,
  headSha: sha1,
  /** Login of whoever allowed the measurement; null: nobody had to, or nobody has yet. */
  approvedBy: string().nullable(),
  plan: strictObject({
    name: plainName,
    sha256,
    /** Where the plan was read: the default branch, or the head of the pull request. */
    source: _enum(["default-branch", "pull-request"])
  }),
  /** Names of hosts, which are also labels of their runners. */
  hosts: array(plainName).min(1),
  comparisons: array(requestedComparisonSchema),
  shouldMeasure: boolean(),
  /** Why nothing is measured; null when something is. */
  reason: _enum(["no-tuning-files", "needs-approval", "invalid-files", "nothing-to-compare"]).nullable(),
  /** Sentences for the reader: errors in the files, what is not applied, what a change will not show. */
  notes: array(string())
});

export {
  listMeasured,
  listPairs,
  parsePlan,
  requestSchema
};
