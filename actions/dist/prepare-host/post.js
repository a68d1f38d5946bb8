import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  nothingToRestore
} from "../chunks/chunk-H7CNSTZQ.js";
import "../chunks/chunk-U3A7VBDU.js";
import "../chunks/chunk-TRNK2HK2.js";
import "../chunks/chunk-7JCQUNOY.js";
import "../chunks/chunk-CM4WIJYT.js";
import "../chunks/chunk-UJNIHLDN.js";
import "../chunks/chunk-OLZ6V5XA.js";
import "../chunks/chunk-SG7CY5W4.js";
import "../chunks/chunk-E4HQEAUX.js";
import {
  info
} from "../chunks/chunk-54CEUQG2.js";
import "../chunks/chunk-5MN45FIB.js";
import {
  runPost
} from "../chunks/chunk-BZNKZ3LF.js";
import "../chunks/chunk-MTKFNDVM.js";
import "../chunks/chunk-KSWKMU6J.js";
import "../chunks/chunk-Z4OLDYZE.js";

// actions/prepare-host/post.ts
await runPost([async () => info(nothingToRestore)]);
