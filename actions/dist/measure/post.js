import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  createPostStep,
  listPostSteps
} from "../chunks/chunk-OMHY5UDZ.js";
import "../chunks/chunk-YKZOKS2N.js";
import "../chunks/chunk-C45NG6OS.js";
import "../chunks/chunk-ORHHKMOR.js";
import "../chunks/chunk-HSXBXQRI.js";
import "../chunks/chunk-54CEUQG2.js";
import "../chunks/chunk-XEOIPDQU.js";
import {
  runPost
} from "../chunks/chunk-R3WQK35R.js";
import "../chunks/chunk-MTKFNDVM.js";
import "../chunks/chunk-OJL7HKMG.js";
import "../chunks/chunk-Z4OLDYZE.js";

// actions/measure/post.ts
await runPost(listPostSteps(createPostStep(process.env)));
