import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  runAction
} from "../chunks/chunk-R3WQK35R.js";
import "../chunks/chunk-MTKFNDVM.js";
import "../chunks/chunk-OJL7HKMG.js";
import "../chunks/chunk-Z4OLDYZE.js";

// actions/report/main.ts
await runAction(async () => {
  const { getInput, info } = await import("../chunks/core-KPVMETJN.js");
  info(`Tunegate report: ${getInput("phase") || "result"}`);
  const [{ readReportInputs }, { runReport }] = await Promise.all([import("../chunks/inputs-3L3FADOA.js"), import("../chunks/run-QC4UZ7HJ.js")]);
  const inputs = readReportInputs(getInput);
  const { createReportWorld } = await import("../chunks/create-world-GM6S5MBC.js");
  await runReport(inputs, await createReportWorld(inputs.token, process.env));
});
