import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  runPrepareHost
} from "../chunks/chunk-VPTIEBUK.js";
import "../chunks/chunk-U3A7VBDU.js";
import "../chunks/chunk-EHCKTLFE.js";
import "../chunks/chunk-KR6TQNTQ.js";
import "../chunks/chunk-HARR3H6M.js";
import "../chunks/chunk-RREZGZ2K.js";
import {
  noInventory,
  parseInputs,
  plainNameInput
} from "../chunks/chunk-7UNSOSPI.js";
import "../chunks/chunk-HHY7LMS4.js";
import "../chunks/chunk-BRC2ETT6.js";
import {
  sides
} from "../chunks/chunk-E4HQEAUX.js";
import {
  fetchPlan
} from "../chunks/chunk-2K4UBAPP.js";
import "../chunks/chunk-7KCH2IDV.js";
import "../chunks/chunk-ORHHKMOR.js";
import {
  parseEnvironment
} from "../chunks/chunk-2QLQJMZH.js";
import {
  getInput,
  info,
  setOutput
} from "../chunks/chunk-TT2CZLMQ.js";
import {
  _enum,
  strictObject,
  string
} from "../chunks/chunk-EASXO5EM.js";
import {
  runAction
} from "../chunks/chunk-XTJHIC2L.js";
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
