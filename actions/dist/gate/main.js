import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  runAction
} from "../chunks/chunk-H7PEEWBN.js";
import "../chunks/chunk-MTKFNDVM.js";
import "../chunks/chunk-6DYL3Q2G.js";
import "../chunks/chunk-Z4OLDYZE.js";

// actions/gate/main.ts
await runAction(async () => {
  const { getInput } = await import("../chunks/core-KPVMETJN.js");
  const [{ readGateInputs }, { runGate }] = await Promise.all([import("../chunks/inputs-CQKLY3YA.js"), import("../chunks/run-CEREDNJZ.js")]);
  const { createHostedStep } = await import("../chunks/create-hosted-step-NIMC2FRO.js");
  const inputs = readGateInputs(getInput);
  await runGate(inputs, await createHostedStep(inputs.token, process.env));
});
