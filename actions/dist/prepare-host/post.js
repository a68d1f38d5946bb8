import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  nothingToRestore
} from "../chunks/chunk-5KDUANDM.js";
import "../chunks/chunk-U3A7VBDU.js";
import "../chunks/chunk-TRNK2HK2.js";
import "../chunks/chunk-EEJV4QJ7.js";
import "../chunks/chunk-COU3V2V2.js";
import "../chunks/chunk-UT3OF2YF.js";
import "../chunks/chunk-7HZNVL2G.js";
import "../chunks/chunk-TJ3E45YL.js";
import "../chunks/chunk-E4HQEAUX.js";
import {
  info
} from "../chunks/chunk-54CEUQG2.js";
import "../chunks/chunk-XEOIPDQU.js";
import {
  runPost
} from "../chunks/chunk-BZNKZ3LF.js";
import "../chunks/chunk-MTKFNDVM.js";
import "../chunks/chunk-KSWKMU6J.js";
import "../chunks/chunk-Z4OLDYZE.js";

// actions/prepare-host/post.ts
await runPost([async () => info(nothingToRestore)]);
