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
  const [{ readReportInputs }, { runReport }] = await Promise.all([import("../chunks/inputs-KQ57UPGC.js"), import("../chunks/run-726ULXQF.js")]);
  const inputs = readReportInputs(getInput);
  const { createReportWorld } = await import("../chunks/create-world-WDP3OVQB.js");
  await runReport(inputs, await createReportWorld(inputs.token, process.env));
});
