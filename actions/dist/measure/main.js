import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  refuseLayers
} from "../chunks/chunk-DC7DHP23.js";
import {
  readRun
} from "../chunks/chunk-2K6XDJ6C.js";
import {
  readComparison,
  readRequest,
  refuseOtherHost
} from "../chunks/chunk-EK75DAUM.js";
import "../chunks/chunk-I45RRSRT.js";
import "../chunks/chunk-4P3W6BXG.js";
import "../chunks/chunk-SMV6S5NJ.js";
import "../chunks/chunk-JEYSMOOM.js";
import {
  inventoryInput,
  parseInputs,
  plainNameInput,
  wholeNumber
} from "../chunks/chunk-BYXVNBYO.js";
import "../chunks/chunk-E4HQEAUX.js";
import {
  callProgram,
  copyRun,
  createRootStep,
  nameRootRun,
  requireSuccess
} from "../chunks/chunk-XW4GCCGX.js";
import "../chunks/chunk-3ZWQCRHP.js";
import {
  buildRunArtifactName
} from "../chunks/chunk-ORHHKMOR.js";
import "../chunks/chunk-SRYZKECC.js";
import {
  getInput
} from "../chunks/chunk-54CEUQG2.js";
import {
  strictObject,
  string
} from "../chunks/chunk-QDEKYFEH.js";
import {
  runAction
} from "../chunks/chunk-H7PEEWBN.js";
import "../chunks/chunk-MTKFNDVM.js";
import "../chunks/chunk-6DYL3Q2G.js";
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
