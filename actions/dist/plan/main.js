import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  runAction
} from "../chunks/chunk-AO5DP62J.js";
import "../chunks/chunk-MTKFNDVM.js";
import "../chunks/chunk-5RZY2RT7.js";
import "../chunks/chunk-Z4OLDYZE.js";

// actions/plan/main.ts
process.stdout.write("Planning what to measure.\n");
await runAction(async () => {
  const { startPlan } = await import("../chunks/start-AE5YZZAJ.js");
  await startPlan();
});
