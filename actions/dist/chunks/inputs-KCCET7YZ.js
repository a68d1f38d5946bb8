import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  parseNeeds
} from "./chunk-H2GN66LY.js";
import {
  parseInputs
} from "./chunk-PY76QUXU.js";
import {
  strictObject,
  string
} from "./chunk-QDEKYFEH.js";
import "./chunk-5RZY2RT7.js";
import "./chunk-Z4OLDYZE.js";

// actions/gate/inputs.ts
var inputsSchema = strictObject({
  "github-token": string(),
  needs: string(),
  "head-sha": string().regex(/^[0-9a-f]{40}$/, { error: "must be a full commit SHA" }).optional()
});
function readGateInputs(read) {
  const inputs = parseInputs(inputsSchema, read);
  return { token: inputs["github-token"], needs: parseNeeds(inputs.needs), headSha: inputs["head-sha"] ?? null };
}
export {
  readGateInputs
};
