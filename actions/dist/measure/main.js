import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  readRun
} from "../chunks/chunk-PNUQXILC.js";
import "../chunks/chunk-FHGPOOJW.js";
import {
  refuseLayers
} from "../chunks/chunk-TRNK2HK2.js";
import {
  readComparison,
  readRequest,
  refuseOtherHost
} from "../chunks/chunk-7JCQUNOY.js";
import "../chunks/chunk-CM4WIJYT.js";
import "../chunks/chunk-UJNIHLDN.js";
import {
  noInventory,
  parseInputs,
  plainNameInput,
  wholeNumber
} from "../chunks/chunk-33OZLIZX.js";
import "../chunks/chunk-OLZ6V5XA.js";
import "../chunks/chunk-SG7CY5W4.js";
import "../chunks/chunk-E4HQEAUX.js";
import {
  callProgram,
  copyRun,
  createRootStep,
  nameRootRun,
  requireSuccess
} from "../chunks/chunk-OC245QED.js";
import "../chunks/chunk-WCHSFHWA.js";
import "../chunks/chunk-I5KN7AR5.js";
import {
  buildRunArtifactName
} from "../chunks/chunk-ORHHKMOR.js";
import "../chunks/chunk-GLWG46QN.js";
import {
  getInput
} from "../chunks/chunk-54CEUQG2.js";
import {
  strictObject,
  string
} from "../chunks/chunk-5MN45FIB.js";
import {
  runAction
} from "../chunks/chunk-BZNKZ3LF.js";
import "../chunks/chunk-MTKFNDVM.js";
import "../chunks/chunk-KSWKMU6J.js";
import "../chunks/chunk-Z4OLDYZE.js";

// actions/measure/inputs.ts
var inputsSchema = strictObject({
  /** Left out: the artifact of the action `plan`. */
  "plan-directory": string().optional(),
  comparison: plainNameInput,
  host: plainNameInput,
  inventory: noInventory,
  /** Minutes. */
  "wait-minutes": wholeNumber(0, 1440).default(60)
});
function readMeasureInputs(read) {
  const inputs = parseInputs(inputsSchema, read);
  const { comparison, host } = inputs;
  return {
    planDirectory: inputs["plan-directory"] ?? null,
    comparison,
    host,
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
  const result = await callProgram(world, "measure", id, { schema: "tunegate.measure/1", ...texts, options });
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
async function readChecked({ planDirectory, comparison, host }, fetchPlan) {
  const directory = planDirectory ?? await fetchPlan();
  const request = await readRequest(directory);
  refuseOtherHost(request, host);
  const planned = await readComparison(directory, request, comparison);
  refuseLayers(planned.plan, "embedded");
  return planned;
}

// actions/measure/main.ts
await runAction(() => runMeasure(readMeasureInputs(getInput), createRootStep(process.env)));
process.exit();
