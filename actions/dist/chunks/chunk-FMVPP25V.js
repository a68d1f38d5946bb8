import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  machineName
} from "./chunk-P7NZOJYR.js";
import {
  describeProblems,
  string
} from "./chunk-QDEKYFEH.js";
import {
  ConfigurationError
} from "./chunk-6DYL3Q2G.js";

// src/github/parse-inputs.ts
function parseInputs(schema, read) {
  const entries = Object.keys(schema.shape).map((name) => [name, read(name)]);
  const outcome = schema.safeParse(Object.fromEntries(entries.filter(([, text]) => text !== "")));
  if (outcome.success) return outcome.data;
  throw new ConfigurationError(`the inputs of the action are not accepted: ${describeProblems(outcome.error)}`);
}
function wholeNumber(least, most) {
  const accepted = `must be a whole number from ${least} to ${most}`;
  return string().regex(/^\d{1,9}$/, { error: accepted }).transform(Number).refine((number) => number >= least && number <= most, { error: accepted });
}
var plainNameInput = string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, {
  error: "must be 1 to 64 letters, digits, dots, hyphens or underscores"
});
var inventoryInput = machineName.optional();

export {
  parseInputs,
  wholeNumber,
  plainNameInput,
  inventoryInput
};
