import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  runAction
} from "../chunks/chunk-AO5DP62J.js";
import "../chunks/chunk-MTKFNDVM.js";
import "../chunks/chunk-5RZY2RT7.js";
import "../chunks/chunk-Z4OLDYZE.js";

// actions/gate/main.ts
await runAction(async () => {
  const { getInput } = await import("../chunks/core-KPVMETJN.js");
  const [{ readGateInputs }, { runGate }] = await Promise.all([import("../chunks/inputs-KCCET7YZ.js"), import("../chunks/run-VS2IESLU.js")]);
  const { createHostedStep } = await import("../chunks/create-hosted-step-D2U2MHYW.js");
  const inputs = readGateInputs(getInput);
  await runGate(inputs, await createHostedStep(inputs.token, process.env));
});
