import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  createHostedStep
} from "./chunk-7IH3XR6E.js";
import "./chunk-WP5ODUN6.js";
import "./chunk-UCMJ63QK.js";
import "./chunk-EB5MUFAI.js";
import {
  downloadPlan,
  downloadRuns,
  uploadFolder
} from "./chunk-EKAH4EGM.js";
import "./chunk-ORHHKMOR.js";
import "./chunk-34DFZAEL.js";
import "./chunk-54CEUQG2.js";
import "./chunk-QDEKYFEH.js";
import "./chunk-5RZY2RT7.js";
import "./chunk-Z4OLDYZE.js";

// actions/report/create-world.ts
async function createReportWorld(token, variables) {
  return { ...await createHostedStep(token, variables), downloadPlan, downloadRuns, uploadFolder };
}
export {
  createReportWorld
};
