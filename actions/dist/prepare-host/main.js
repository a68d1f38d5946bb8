import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  runPrepareHost
} from "../chunks/chunk-5KDUANDM.js";
import "../chunks/chunk-U3A7VBDU.js";
import "../chunks/chunk-TRNK2HK2.js";
import "../chunks/chunk-EEJV4QJ7.js";
import "../chunks/chunk-COU3V2V2.js";
import "../chunks/chunk-UT3OF2YF.js";
import {
  noInventory,
  parseInputs,
  plainNameInput
} from "../chunks/chunk-7E2DMJW2.js";
import "../chunks/chunk-7HZNVL2G.js";
import "../chunks/chunk-TJ3E45YL.js";
import {
  sides
} from "../chunks/chunk-E4HQEAUX.js";
import {
  fetchPlan
} from "../chunks/chunk-WCHSFHWA.js";
import "../chunks/chunk-I5KN7AR5.js";
import "../chunks/chunk-ORHHKMOR.js";
import {
  parseEnvironment
} from "../chunks/chunk-P7XQOBD4.js";
import {
  getInput,
  info,
  setOutput
} from "../chunks/chunk-54CEUQG2.js";
import {
  _enum,
  strictObject,
  string
} from "../chunks/chunk-XEOIPDQU.js";
import {
  runAction
} from "../chunks/chunk-BZNKZ3LF.js";
import "../chunks/chunk-MTKFNDVM.js";
import "../chunks/chunk-KSWKMU6J.js";
import "../chunks/chunk-Z4OLDYZE.js";

// actions/prepare-host/inputs.ts
var inputsSchema = strictObject({
  /** Left out: the artifact of the action `plan`. */
  "plan-directory": string().optional(),
  side: _enum(sides),
  host: plainNameInput,
  inventory: noInventory
});
function readPrepareInputs(read) {
  const { "plan-directory": planDirectory = null, side, host } = parseInputs(inputsSchema, read);
  return { planDirectory, side, host };
}

// actions/prepare-host/main.ts
await runAction(() => {
  const environment = parseEnvironment(process.env);
  const world = { ...environment, setOutput, info, fetchPlan: () => fetchPlan(environment) };
  return runPrepareHost(readPrepareInputs(getInput), world);
});
