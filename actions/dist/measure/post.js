import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  createPostStep,
  listPostSteps
} from "../chunks/chunk-OC245QED.js";
import "../chunks/chunk-WCHSFHWA.js";
import "../chunks/chunk-I5KN7AR5.js";
import "../chunks/chunk-ORHHKMOR.js";
import "../chunks/chunk-GLWG46QN.js";
import "../chunks/chunk-54CEUQG2.js";
import "../chunks/chunk-5MN45FIB.js";
import {
  runPost
} from "../chunks/chunk-BZNKZ3LF.js";
import "../chunks/chunk-MTKFNDVM.js";
import "../chunks/chunk-KSWKMU6J.js";
import "../chunks/chunk-Z4OLDYZE.js";

// actions/measure/post.ts
await runPost(listPostSteps(createPostStep(process.env)));
