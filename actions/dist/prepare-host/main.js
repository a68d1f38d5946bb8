import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  readComparison,
  readRequest,
  refuseOtherHost
} from "../chunks/chunk-MAUNXBS5.js";
import "../chunks/chunk-TVGHCADT.js";
import {
  checkSchema
} from "../chunks/chunk-4P3W6BXG.js";
import {
  preparedLayers
} from "../chunks/chunk-X3VOLMWL.js";
import {
  catalogue,
  formatParameterValue
} from "../chunks/chunk-GWUUC4NK.js";
import "../chunks/chunk-3ZOIEKJZ.js";
import {
  inventoryInput,
  parseInputs,
  plainNameInput
} from "../chunks/chunk-PY76QUXU.js";
import {
  sides
} from "../chunks/chunk-E4HQEAUX.js";
import {
  callProgram,
  createRootStep,
  findRunFolders,
  nameRootRun,
  requireSuccess
} from "../chunks/chunk-73X6SZNT.js";
import "../chunks/chunk-EKAH4EGM.js";
import "../chunks/chunk-ORHHKMOR.js";
import "../chunks/chunk-34DFZAEL.js";
import {
  getInput,
  info
} from "../chunks/chunk-54CEUQG2.js";
import {
  _enum,
  array,
  strictObject,
  string
} from "../chunks/chunk-QDEKYFEH.js";
import {
  runAction
} from "../chunks/chunk-AO5DP62J.js";
import "../chunks/chunk-MTKFNDVM.js";
import {
  ConfigurationError
} from "../chunks/chunk-5RZY2RT7.js";
import "../chunks/chunk-Z4OLDYZE.js";

// actions/prepare-host/inputs.ts
var inputsSchema = strictObject({
  /** Left out: the artifact of the action `plan`. */
  "plan-directory": string().optional(),
  side: _enum(sides),
  host: plainNameInput,
  /** Needed where the plan directory has several that ask something of the host. */
  comparison: plainNameInput.optional(),
  inventory: inventoryInput
});
function readPrepareInputs(read) {
  const inputs = parseInputs(inputsSchema, read);
  const { "plan-directory": planDirectory = null, side, host, comparison = null, inventory = null } = inputs;
  return { planDirectory, side, host, comparison, inventory };
}

// actions/prepare-host/run.ts
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

// actions/prepare-host/list-other-checks.ts
function listPrepared(layers) {
  return preparedLayers.filter((layer) => layers.includes(layer));
}
function listOtherChecks({ requested, plan, profiles }, side) {
  const prepared = listPrepared(plan.layers);
  return Object.entries(profiles[side].parameters).flatMap(([name, value]) => {
    const parameter = catalogue.get(name);
    if (parameter === void 0 || parameter.layer === "guest") return [];
    const { layer, probe } = parameter;
    if (prepared.some((each) => each === layer)) return [];
    const asked = { parameter: name, layer, requested: formatParameterValue(value), probe };
    const found = `layer ${layer} is not part of the plan`;
    return [{ comparison: requested.name, ...asked, found, result: "not-applicable" }];
  });
}

// actions/prepare-host/run.ts
async function runPrepareHost(inputs, world) {
  const planned = await readChecked(inputs, world.fetchPlan);
  const asking = planned.filter(({ plan }) => listPrepared(plan.layers).length > 0);
  const others = planned.flatMap((files) => listOtherChecks(files, inputs.side));
  if (asking.length === 0) {
    await hand(inputs, others, world);
    const left = others.length === 0 ? "" : ` (${others.length} parameters of other layers are not applied)`;
    world.info(`The plan's layers ask nothing of host ${inputs.host}, so nothing was changed${left}.`);
    world.setOutput("verified", "true");
    return;
  }
  await prepare(chooseComparison(asking, inputs.comparison), inputs, world, others);
  world.setOutput("verified", "true");
}
async function prepare({ requested, plan, texts }, inputs, world, others) {
  const { side, host, inventory } = inputs;
  const layers = listPrepared(plan.layers);
  const id = nameRootRun("prepare", world.environment.runId, world.environment.attempt);
  const listed = inventory === null ? {} : { host: { inventory, machine: host } };
  const request = { schema: "tunegate.prepare/1", profile: texts[side], layers, ...listed };
  const result = await callProgram(world, "prepare", id, request);
  const checks = await readChecks(findRunFolders(id, world.runsFolder).checks);
  const own = checks.map((check) => ({ comparison: requested.name, ...check }));
  if (checks.length > 0) await hand(inputs, [...own, ...others], world);
  requireSuccess(result);
  const proven = checks.filter(({ result: result2 }) => result2 === "verified").length;
  world.info(`Host ${host} is as the ${side} asks: ${proven} settings verified, put back when the job ends.`);
}
async function readChecked({ planDirectory, host, inventory }, fetchPlan) {
  const directory = planDirectory ?? await fetchPlan();
  const request = await readRequest(directory);
  refuseOtherHost(request, host);
  const planned = [];
  for (const { name, baseline, candidate } of request.comparisons) {
    if (baseline === null || candidate === null) continue;
    const files = await readComparison(directory, request, name);
    refuseUnprepared(files.plan.layers, inventory);
    planned.push(files);
  }
  return planned;
}
function refuseUnprepared(layers, inventory) {
  if (layers.includes("daemon")) {
    throw new ConfigurationError(
      "the plan treats the layer daemon, which is the private dockerd of a run; accepted is the action measure, or a plan without that layer"
    );
  }
  if (layers.includes("host-boot") && inventory === null) {
    throw new ConfigurationError(
      "the plan treats the layer host-boot, and a runner cannot boot the machine that it runs on; accepted is a runner on another machine, the controller, with the input inventory"
    );
  }
}
function chooseComparison(asking, asked) {
  const names = asking.map(({ requested }) => requested.name);
  const chosen = asked === null && asking.length === 1 ? asking[0] : asking[names.indexOf(asked ?? "")];
  if (chosen !== void 0) return chosen;
  const found = asked === null ? "the input comparison is missing" : `there is no comparison ${asked} to prepare for`;
  throw new ConfigurationError(`${found}; a host is in one state at a time, accepted is one of ${names.join(", ")}`);
}
async function readChecks(file) {
  const text = await readFile(file, "utf8").catch(() => "[]");
  return array(checkSchema).parse(JSON.parse(text));
}
async function hand({ host, side }, checks, world) {
  const file = join(world.temporaryFolder, `tunegate-checks-${host}-${side}.json`);
  await writeFile(file, `${JSON.stringify({ schema: "tunegate.checks/1", host, side, checks }, null, 2)}
`);
  world.setOutput("checks-file", file);
}

// actions/prepare-host/main.ts
await runAction(() => runPrepareHost(readPrepareInputs(getInput), { ...createRootStep(process.env), info }));
process.exit();
