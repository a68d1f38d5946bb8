import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  runAction
} from "../chunks/chunk-R3WQK35R.js";
import "../chunks/chunk-MTKFNDVM.js";
import "../chunks/chunk-OJL7HKMG.js";
import "../chunks/chunk-Z4OLDYZE.js";

// actions/record-history/main.ts
await runAction(async () => {
  const { startRecordHistory } = await import("../chunks/start-KKNXLA64.js");
  await startRecordHistory();
});
