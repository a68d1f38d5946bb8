import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  nothingToRestore
} from "../chunks/chunk-26DU3NDK.js";
import "../chunks/chunk-U3A7VBDU.js";
import "../chunks/chunk-EHCKTLFE.js";
import "../chunks/chunk-MKDPVB5K.js";
import "../chunks/chunk-7YY4FV4J.js";
import "../chunks/chunk-UT3OF2YF.js";
import "../chunks/chunk-K4RFUPXF.js";
import "../chunks/chunk-GZYTJRUI.js";
import "../chunks/chunk-E4HQEAUX.js";
import {
  info
} from "../chunks/chunk-54CEUQG2.js";
import "../chunks/chunk-XEOIPDQU.js";
import {
  runPost
} from "../chunks/chunk-R3WQK35R.js";
import "../chunks/chunk-MTKFNDVM.js";
import "../chunks/chunk-OJL7HKMG.js";
import "../chunks/chunk-Z4OLDYZE.js";

// actions/prepare-host/post.ts
await runPost([async () => info(nothingToRestore)]);
