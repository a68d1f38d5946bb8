import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  downloadPlan
} from "./chunk-I5KN7AR5.js";
import {
  buildPlanArtifactName
} from "./chunk-ORHHKMOR.js";
import {
  MeasurementError
} from "./chunk-KSWKMU6J.js";

// src/github/fetch-plan.ts
import { join } from "node:path";
async function fetchPlan({
  temporaryFolder,
  attempt
}) {
  const download = await downloadPlan({ folder: join(temporaryFolder, "tunegate-downloads"), attempt });
  switch (download.kind) {
    case "found":
      return download.folder;
    case "refused":
      throw new MeasurementError(`the plan cannot be used: ${download.reason}`);
    case "missing":
      throw new MeasurementError(
        `this workflow run has no artifact ${buildPlanArtifactName(attempt)}; run the action plan before, or give plan-directory`
      );
  }
}

export {
  fetchPlan
};
