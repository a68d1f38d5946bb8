import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  refuseLayers
} from "../chunks/chunk-SWADEUWY.js";
import {
  readRun
} from "../chunks/chunk-KNHBJMVG.js";
import {
  readComparison,
  readRequest,
  refuseOtherHost
} from "../chunks/chunk-MAUNXBS5.js";
import "../chunks/chunk-TVGHCADT.js";
import "../chunks/chunk-4P3W6BXG.js";
import "../chunks/chunk-GWUUC4NK.js";
import "../chunks/chunk-3ZOIEKJZ.js";
import {
  inventoryInput,
  parseInputs,
  plainNameInput,
  wholeNumber
} from "../chunks/chunk-PY76QUXU.js";
import "../chunks/chunk-E4HQEAUX.js";
import {
  callProgram,
  copyRun,
  createRootStep,
  nameRootRun,
  requireSuccess
} from "../chunks/chunk-73X6SZNT.js";
import "../chunks/chunk-EKAH4EGM.js";
import {
  buildRunArtifactName
} from "../chunks/chunk-ORHHKMOR.js";
import "../chunks/chunk-34DFZAEL.js";
import {
  getInput
} from "../chunks/chunk-54CEUQG2.js";
import {
  strictObject,
  string
} from "../chunks/chunk-QDEKYFEH.js";
import {
  runAction
} from "../chunks/chunk-AO5DP62J.js";
import "../chunks/chunk-MTKFNDVM.js";
import "../chunks/chunk-5RZY2RT7.js";
import "../chunks/chunk-Z4OLDYZE.js";

// actions/measure/inputs.ts
var inputsSchema = strictObject({
  /** Left out: the artifact of the action `plan`. */
  "plan-directory": string().optional(),
  comparison: plainNameInput,
  host: plainNameInput,
  inventory: inventoryInput,
  /** Minutes. */
  "wait-minutes": wholeNumber(0, 1440).default(60)
});
function readMeasureInputs(read) {
  const inputs = parseInputs(inputsSchema, read);
  const { comparison, host, inventory = null } = inputs;
  return {
    planDirectory: inputs["plan-directory"] ?? null,
    comparison,
    host,
    inventory,
    waitSeconds: inputs["wait-minutes"] * 60
  };
}

// actions/measure/run.ts
import { join } from "node:path";
async function runMeasure(inputs, world) {
  const { texts } = await readChecked(inputs, world.fetchPlan);
  const { runId, attempt } = world.environment;
  const id = nameRootRun("measure", runId, attempt);
  const artifact = buildRunArtifactName(inputs, attempt);
  world.saveState("artifact", artifact);
  const options = { waitSeconds: inputs.waitSeconds };
  const listed = inputs.inventory === null ? {} : { host: { inventory: inputs.inventory, machine: inputs.host } };
  const result = await callProgram(world, "measure", id, {
    schema: "tunegate.measure/1",
    ...texts,
    ...listed,
    options
  });
  const folder = join(world.temporaryFolder, artifact);
  if (await copyRun(id, folder, world.runsFolder)) {
    await world.uploadFolder(artifact, folder);
    world.saveState("uploaded", "true");
    world.setOutput("run-directory", folder);
    world.setOutput("artifact-name", artifact);
    world.setOutput("status", (await readRun(folder)).end?.status ?? "partial");
  }
  requireSuccess(result);
}
async function readChecked({ planDirectory, comparison, host, inventory }, fetchPlan) {
  const directory = planDirectory ?? await fetchPlan();
  const request = await readRequest(directory);
  refuseOtherHost(request, host);
  const planned = await readComparison(directory, request, comparison);
  refuseLayers(planned.plan, inventory === null ? "embedded" : "inventory");
  return planned;
}

// actions/measure/main.ts
await runAction(() => runMeasure(readMeasureInputs(getInput), createRootStep(process.env)));
process.exit();
