import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  runAction
} from "../chunks/chunk-H7PEEWBN.js";
import "../chunks/chunk-MTKFNDVM.js";
import "../chunks/chunk-6DYL3Q2G.js";
import "../chunks/chunk-Z4OLDYZE.js";

// actions/record-history/main.ts
await runAction(async () => {
  const { startRecordHistory } = await import("../chunks/start-OC4MSIGR.js");
  await startRecordHistory();
});
