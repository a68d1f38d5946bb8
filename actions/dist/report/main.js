import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  runAction
} from "../chunks/chunk-H7PEEWBN.js";
import "../chunks/chunk-MTKFNDVM.js";
import "../chunks/chunk-6DYL3Q2G.js";
import "../chunks/chunk-Z4OLDYZE.js";

// actions/report/main.ts
await runAction(async () => {
  const { getInput, info } = await import("../chunks/core-KPVMETJN.js");
  info(`Tunegate report: ${getInput("phase") || "result"}`);
  const [{ readReportInputs }, { runReport }] = await Promise.all([import("../chunks/inputs-7OH4AAID.js"), import("../chunks/run-HK7R5JVI.js")]);
  const inputs = readReportInputs(getInput);
  const { createReportWorld } = await import("../chunks/create-world-JL3CQ2TY.js");
  await runReport(inputs, await createReportWorld(inputs.token, process.env));
});
