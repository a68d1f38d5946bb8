import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  parseNeeds
} from "./chunk-V64KOU7I.js";
import {
  parseInputs
} from "./chunk-7E2DMJW2.js";
import {
  strictObject,
  string
} from "./chunk-XEOIPDQU.js";
import "./chunk-KSWKMU6J.js";
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
