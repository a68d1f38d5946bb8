import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  runAction
} from "../chunks/chunk-BZNKZ3LF.js";
import "../chunks/chunk-MTKFNDVM.js";
import "../chunks/chunk-KSWKMU6J.js";
import "../chunks/chunk-Z4OLDYZE.js";

// actions/gate/main.ts
await runAction(async () => {
  const { getInput } = await import("../chunks/core-KPVMETJN.js");
  const [{ readGateInputs }, { runGate }] = await Promise.all([import("../chunks/inputs-QXMFP4DU.js"), import("../chunks/run-XWIFPOU5.js")]);
  const { createHostedStep } = await import("../chunks/create-hosted-step-PHBXPTWB.js");
  const inputs = readGateInputs(getInput);
  await runGate(inputs, await createHostedStep(inputs.token, process.env));
});
