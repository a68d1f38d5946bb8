import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  createPostStep,
  listPostSteps
} from "../chunks/chunk-73X6SZNT.js";
import "../chunks/chunk-EKAH4EGM.js";
import "../chunks/chunk-ORHHKMOR.js";
import "../chunks/chunk-34DFZAEL.js";
import "../chunks/chunk-54CEUQG2.js";
import "../chunks/chunk-QDEKYFEH.js";
import {
  runPost
} from "../chunks/chunk-AO5DP62J.js";
import "../chunks/chunk-MTKFNDVM.js";
import "../chunks/chunk-5RZY2RT7.js";
import "../chunks/chunk-Z4OLDYZE.js";

// actions/run-benchmarks/post.ts
await runPost(listPostSteps(createPostStep(process.env)));
