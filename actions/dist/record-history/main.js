import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  runAction
} from "../chunks/chunk-BZNKZ3LF.js";
import "../chunks/chunk-MTKFNDVM.js";
import "../chunks/chunk-KSWKMU6J.js";
import "../chunks/chunk-Z4OLDYZE.js";

// actions/record-history/main.ts
await runAction(async () => {
  const { startRecordHistory } = await import("../chunks/start-X2H4PVS6.js");
  await startRecordHistory();
});
