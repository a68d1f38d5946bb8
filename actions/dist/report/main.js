import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  runAction
} from "../chunks/chunk-XTJHIC2L.js";
import "../chunks/chunk-MTKFNDVM.js";
import "../chunks/chunk-OJL7HKMG.js";
import "../chunks/chunk-Z4OLDYZE.js";

// actions/report/main.ts
await runAction(async () => {
  const { getInput, info } = await import("../chunks/core-7UUQQWOS.js");
  info(`Tunegate report: ${getInput("phase") || "result"}`);
  const [{ readReportInputs }, { runReport }] = await Promise.all([import("../chunks/inputs-FVUI6EN6.js"), import("../chunks/run-5N4XQHZK.js")]);
  const inputs = readReportInputs(getInput);
  const { createReportWorld } = await import("../chunks/create-world-QH754DWK.js");
  await runReport(inputs, await createReportWorld(inputs.token, process.env));
});
