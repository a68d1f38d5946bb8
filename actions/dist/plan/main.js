import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  runAction
} from "../chunks/chunk-BZNKZ3LF.js";
import "../chunks/chunk-MTKFNDVM.js";
import "../chunks/chunk-KSWKMU6J.js";
import "../chunks/chunk-Z4OLDYZE.js";

// actions/plan/main.ts
process.stdout.write("Planning what to measure.\n");
await runAction(async () => {
  const { startPlan } = await import("../chunks/start-TZUK3DSY.js");
  await startPlan();
});
