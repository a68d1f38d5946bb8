import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  nothingToRestore
} from "../chunks/chunk-VPTIEBUK.js";
import "../chunks/chunk-U3A7VBDU.js";
import "../chunks/chunk-EHCKTLFE.js";
import "../chunks/chunk-KR6TQNTQ.js";
import "../chunks/chunk-HARR3H6M.js";
import "../chunks/chunk-RREZGZ2K.js";
import "../chunks/chunk-HHY7LMS4.js";
import "../chunks/chunk-BRC2ETT6.js";
import "../chunks/chunk-E4HQEAUX.js";
import {
  info
} from "../chunks/chunk-TT2CZLMQ.js";
import "../chunks/chunk-EASXO5EM.js";
import {
  runPost
} from "../chunks/chunk-XTJHIC2L.js";
import "../chunks/chunk-MTKFNDVM.js";
import "../chunks/chunk-OJL7HKMG.js";
import "../chunks/chunk-Z4OLDYZE.js";

// actions/prepare-host/post.ts
await runPost([async () => info(nothingToRestore)]);
