import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  runAction
} from "../chunks/chunk-R3WQK35R.js";
import "../chunks/chunk-MTKFNDVM.js";
import "../chunks/chunk-OJL7HKMG.js";
import "../chunks/chunk-Z4OLDYZE.js";

// actions/gate/main.ts
await runAction(async () => {
  const { getInput } = await import("../chunks/core-KPVMETJN.js");
  const [{ readGateInputs }, { runGate }] = await Promise.all([import("../chunks/inputs-BXJZE2CV.js"), import("../chunks/run-7GQ2YETW.js")]);
  const { createHostedStep } = await import("../chunks/create-hosted-step-OBZYFDN4.js");
  const inputs = readGateInputs(getInput);
  await runGate(inputs, await createHostedStep(inputs.token, process.env));
});
