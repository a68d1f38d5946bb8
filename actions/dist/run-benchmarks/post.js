import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  createPostStep,
  listPostSteps
} from "../chunks/chunk-XW4GCCGX.js";
import "../chunks/chunk-3ZWQCRHP.js";
import "../chunks/chunk-ORHHKMOR.js";
import "../chunks/chunk-SRYZKECC.js";
import "../chunks/chunk-54CEUQG2.js";
import "../chunks/chunk-QDEKYFEH.js";
import {
  runPost
} from "../chunks/chunk-H7PEEWBN.js";
import "../chunks/chunk-MTKFNDVM.js";
import "../chunks/chunk-6DYL3Q2G.js";
import "../chunks/chunk-Z4OLDYZE.js";

// actions/run-benchmarks/post.ts
await runPost(listPostSteps(createPostStep(process.env)));
