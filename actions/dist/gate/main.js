import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  runAction
} from "../chunks/chunk-XTJHIC2L.js";
import "../chunks/chunk-MTKFNDVM.js";
import "../chunks/chunk-OJL7HKMG.js";
import "../chunks/chunk-Z4OLDYZE.js";

// actions/gate/main.ts
await runAction(async () => {
  const { getInput } = await import("../chunks/core-7UUQQWOS.js");
  const [{ readGateInputs }, { runGate }] = await Promise.all([import("../chunks/inputs-GG6PZYEP.js"), import("../chunks/run-YZGHJPMN.js")]);
  const { createHostedStep } = await import("../chunks/create-hosted-step-F5INCYA3.js");
  const inputs = readGateInputs(getInput);
  await runGate(inputs, await createHostedStep(inputs.token, process.env));
});
