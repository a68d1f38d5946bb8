import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  runAction
} from "../chunks/chunk-BZNKZ3LF.js";
import "../chunks/chunk-MTKFNDVM.js";
import "../chunks/chunk-KSWKMU6J.js";
import "../chunks/chunk-Z4OLDYZE.js";

// actions/report/main.ts
await runAction(async () => {
  const { getInput, info } = await import("../chunks/core-KPVMETJN.js");
  info(`Tunegate report: ${getInput("phase") || "result"}`);
  const [{ readReportInputs }, { runReport }] = await Promise.all([import("../chunks/inputs-T6LHQAMV.js"), import("../chunks/run-BLZ6O74Q.js")]);
  const inputs = readReportInputs(getInput);
  const { createReportWorld } = await import("../chunks/create-world-ZL2G5C6D.js");
  await runReport(inputs, await createReportWorld(inputs.token, process.env));
});
