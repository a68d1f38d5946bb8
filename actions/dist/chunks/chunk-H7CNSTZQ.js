import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  formatParameterValue
} from "./chunk-U3A7VBDU.js";
import {
  refuseLayers
} from "./chunk-TRNK2HK2.js";
import {
  readComparison,
  readRequest,
  refuseOtherHost
} from "./chunk-7JCQUNOY.js";
import {
  catalogue
} from "./chunk-OLZ6V5XA.js";

// actions/prepare-host/run.ts
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
async function runPrepareHost({ planDirectory, side, host }, world) {
  const directory = planDirectory ?? await world.fetchPlan();
  const request = await readRequest(directory);
  refuseOtherHost(request, host);
  const checks = [];
  for (const { name, baseline, candidate } of request.comparisons) {
    if (baseline === null || candidate === null) continue;
    const { plan, profiles } = await readComparison(directory, request, name);
    refuseLayers(plan, "embedded");
    checks.push(...listHostChecks(profiles[side]).map((check) => ({ comparison: name, ...check })));
  }
  const file = join(world.temporaryFolder, `tunegate-checks-${host}-${side}.json`);
  await writeFile(file, `${JSON.stringify({ schema: "tunegate.checks/1", host, side, checks }, null, 2)}
`);
  world.setOutput("verified", "true");
  world.setOutput("checks-file", file);
  const left = checks.length === 0 ? "" : ` (${checks.length} parameters of other layers are not applied)`;
  world.info(`The plan's layers ask nothing of host ${host}, so nothing was changed${left}.`);
}
var nothingToRestore = "Nothing was changed on this host, so there is nothing to restore.";
function listHostChecks({ parameters }) {
  return Object.entries(parameters).flatMap(([name, value]) => {
    const parameter = catalogue.get(name);
    if (parameter === void 0 || parameter.layer === "guest") return [];
    const { layer, probe } = parameter;
    const found = `layer ${layer} is not part of the plan`;
    return [
      {
        parameter: name,
        layer,
        requested: formatParameterValue(value),
        found,
        probe,
        result: "not-applicable"
      }
    ];
  });
}

export {
  runPrepareHost,
  nothingToRestore
};
