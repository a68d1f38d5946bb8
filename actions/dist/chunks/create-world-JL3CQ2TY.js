import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  createHostedStep
} from "./chunk-4GSVXMK4.js";
import "./chunk-KEWK6MS4.js";
import "./chunk-UCMJ63QK.js";
import "./chunk-EB5MUFAI.js";
import {
  downloadPlan,
  downloadRuns,
  uploadFolder
} from "./chunk-3ZWQCRHP.js";
import "./chunk-ORHHKMOR.js";
import "./chunk-SRYZKECC.js";
import "./chunk-54CEUQG2.js";
import "./chunk-QDEKYFEH.js";
import "./chunk-6DYL3Q2G.js";
import "./chunk-Z4OLDYZE.js";

// actions/report/create-world.ts
async function createReportWorld(token, variables) {
  return { ...await createHostedStep(token, variables), downloadPlan, downloadRuns, uploadFolder };
}
export {
  createReportWorld
};
