import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  runPrepareHost
} from "../chunks/chunk-26DU3NDK.js";
import "../chunks/chunk-U3A7VBDU.js";
import "../chunks/chunk-EHCKTLFE.js";
import "../chunks/chunk-MKDPVB5K.js";
import "../chunks/chunk-7YY4FV4J.js";
import "../chunks/chunk-UT3OF2YF.js";
import {
  noInventory,
  parseInputs,
  plainNameInput
} from "../chunks/chunk-V2I4BBEK.js";
import "../chunks/chunk-K4RFUPXF.js";
import "../chunks/chunk-GZYTJRUI.js";
import {
  sides
} from "../chunks/chunk-E4HQEAUX.js";
import {
  fetchPlan
} from "../chunks/chunk-YKZOKS2N.js";
import "../chunks/chunk-C45NG6OS.js";
import "../chunks/chunk-ORHHKMOR.js";
import {
  parseEnvironment
} from "../chunks/chunk-HSXBXQRI.js";
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
} from "../chunks/chunk-R3WQK35R.js";
import "../chunks/chunk-MTKFNDVM.js";
import "../chunks/chunk-OJL7HKMG.js";
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
