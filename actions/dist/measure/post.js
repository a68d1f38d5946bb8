import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  createPostStep,
  listPostSteps
} from "../chunks/chunk-JN6BODH7.js";
import "../chunks/chunk-2K4UBAPP.js";
import "../chunks/chunk-7KCH2IDV.js";
import "../chunks/chunk-ORHHKMOR.js";
import "../chunks/chunk-2QLQJMZH.js";
import "../chunks/chunk-TT2CZLMQ.js";
import "../chunks/chunk-EASXO5EM.js";
import {
  runPost
} from "../chunks/chunk-XTJHIC2L.js";
import "../chunks/chunk-MTKFNDVM.js";
import "../chunks/chunk-OJL7HKMG.js";
import "../chunks/chunk-Z4OLDYZE.js";

// actions/measure/post.ts
await runPost(listPostSteps(createPostStep(process.env)));
