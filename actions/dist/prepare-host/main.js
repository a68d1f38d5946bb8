import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  runPrepareHost
} from "../chunks/chunk-H7CNSTZQ.js";
import "../chunks/chunk-U3A7VBDU.js";
import "../chunks/chunk-TRNK2HK2.js";
import "../chunks/chunk-7JCQUNOY.js";
import "../chunks/chunk-CM4WIJYT.js";
import "../chunks/chunk-UJNIHLDN.js";
import {
  noInventory,
  parseInputs,
  plainNameInput
} from "../chunks/chunk-33OZLIZX.js";
import "../chunks/chunk-OLZ6V5XA.js";
import "../chunks/chunk-SG7CY5W4.js";
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
} from "../chunks/chunk-GLWG46QN.js";
import {
  getInput,
  info,
  setOutput
} from "../chunks/chunk-54CEUQG2.js";
import {
  _enum,
  strictObject,
  string
} from "../chunks/chunk-5MN45FIB.js";
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
