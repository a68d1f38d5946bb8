import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  runAction
} from "../chunks/chunk-R3WQK35R.js";
import "../chunks/chunk-MTKFNDVM.js";
import "../chunks/chunk-OJL7HKMG.js";
import "../chunks/chunk-Z4OLDYZE.js";

// actions/plan/main.ts
process.stdout.write("Planning what to measure.\n");
await runAction(async () => {
  const { startPlan } = await import("../chunks/start-WDTWPPAV.js");
  await startPlan();
});
