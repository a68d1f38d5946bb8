import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  parseNeeds
} from "./chunk-H2GN66LY.js";
import {
  historyBranchInput,
  parseInputs
} from "./chunk-PY76QUXU.js";
import {
  _enum,
  strictObject,
  string
} from "./chunk-QDEKYFEH.js";
import "./chunk-5RZY2RT7.js";
import "./chunk-Z4OLDYZE.js";

// actions/report/inputs.ts
var inputsSchema = strictObject({
  "github-token": string(),
  phase: _enum(["announce", "result"]).default("result"),
  "plan-directory": string().optional(),
  "run-directories": string().optional(),
  gate: _enum(["true", "false"]).default("true"),
  policy: string().regex(/^(?!\/)(?!.*(^|\/)\.\.(\/|$))[^\\]{1,200}$/, { error: "must be a path inside the repository" }).default("tunegate.policy.yaml"),
  "history-branch": historyBranchInput,
  needs: string().optional(),
  "head-sha": string().regex(/^[0-9a-f]{40}$/, { error: "must be a full commit SHA" }).optional(),
  "comment-author": string().max(120).default("github-actions[bot]")
});
function readReportInputs(read) {
  const inputs = parseInputs(inputsSchema, read);
  const directories = inputs["run-directories"]?.split("\n").map((line) => line.trim()).filter((line) => line !== "");
  return {
    token: inputs["github-token"],
    phase: inputs.phase,
    planDirectory: inputs["plan-directory"] ?? null,
    runDirectories: directories ?? null,
    gate: inputs.gate === "true",
    policy: inputs.policy,
    historyBranch: inputs["history-branch"],
    needs: inputs.needs === void 0 ? null : parseNeeds(inputs.needs),
    headSha: inputs["head-sha"] ?? null,
    commentAuthor: inputs["comment-author"]
  };
}
export {
  readReportInputs
};
