import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  runAction
} from "../chunks/chunk-H7PEEWBN.js";
import "../chunks/chunk-MTKFNDVM.js";
import "../chunks/chunk-6DYL3Q2G.js";
import "../chunks/chunk-Z4OLDYZE.js";

// actions/plan/main.ts
process.stdout.write("Planning what to measure.\n");
await runAction(async () => {
  const { startPlan } = await import("../chunks/start-S7J56DNH.js");
  await startPlan();
});
