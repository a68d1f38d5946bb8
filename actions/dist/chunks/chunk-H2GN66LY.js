import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  _enum,
  describeProblems,
  record,
  strictObject,
  string
} from "./chunk-QDEKYFEH.js";
import {
  ConfigurationError,
  messageOf
} from "./chunk-5RZY2RT7.js";

// src/github/needs.ts
var jobSchema = strictObject({
  /** An empty text where a job never came to a result. */
  result: _enum(["success", "failure", "cancelled", "skipped", ""]),
  /** null where a job has none: act writes it so, GitHub an empty object. */
  outputs: record(string(), string()).nullish().transform((outputs) => outputs ?? {})
});
var needsSchema = record(string(), jobSchema);
function parseNeeds(text) {
  const refuse = (found, cause) => new ConfigurationError(`needs: \${{ toJSON(needs) }} is accepted, found ${found}`, { cause });
  let data;
  try {
    data = JSON.parse(text);
  } catch (thrown) {
    throw refuse(`no JSON (${messageOf(thrown).replace(/\s+/g, " ")})`, thrown);
  }
  const outcome = needsSchema.safeParse(data);
  if (!outcome.success) throw refuse(describeProblems(outcome.error), outcome.error);
  return outcome.data;
}

export {
  parseNeeds
};
