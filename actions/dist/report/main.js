import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  runAction
} from "../chunks/chunk-AO5DP62J.js";
import "../chunks/chunk-MTKFNDVM.js";
import "../chunks/chunk-5RZY2RT7.js";
import "../chunks/chunk-Z4OLDYZE.js";

// actions/report/main.ts
await runAction(async () => {
  const { getInput, info } = await import("../chunks/core-KPVMETJN.js");
  info(`Tunegate report: ${getInput("phase") || "result"}`);
  const [{ readReportInputs }, { runReport }] = await Promise.all([import("../chunks/inputs-3J2VICCW.js"), import("../chunks/run-XVZY3X5V.js")]);
  const inputs = readReportInputs(getInput);
  const { createReportWorld } = await import("../chunks/create-world-YWFACAI7.js");
  await runReport(inputs, await createReportWorld(inputs.token, process.env));
});
