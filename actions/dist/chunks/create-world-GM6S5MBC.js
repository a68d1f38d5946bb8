import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  createHostedStep
} from "./chunk-NINYIC6O.js";
import "./chunk-YQ7NVMOL.js";
import "./chunk-UCMJ63QK.js";
import "./chunk-HYUH5UYC.js";
import {
  downloadPlan,
  downloadRuns,
  uploadFolder
} from "./chunk-C45NG6OS.js";
import "./chunk-ORHHKMOR.js";
import "./chunk-HSXBXQRI.js";
import "./chunk-54CEUQG2.js";
import "./chunk-XEOIPDQU.js";
import "./chunk-OJL7HKMG.js";
import "./chunk-Z4OLDYZE.js";

// actions/report/create-world.ts
async function createReportWorld(token, variables) {
  return { ...await createHostedStep(token, variables), downloadPlan, downloadRuns, uploadFolder };
}
export {
  createReportWorld
};
