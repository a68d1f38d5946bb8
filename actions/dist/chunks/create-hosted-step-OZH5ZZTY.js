import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  createHostedStep
} from "./chunk-G76HBZZH.js";
import "./chunk-3CFQZKZP.js";
import "./chunk-UCMJ63QK.js";
import "./chunk-HYUH5UYC.js";
import "./chunk-P7XQOBD4.js";
import "./chunk-54CEUQG2.js";
import "./chunk-XEOIPDQU.js";
import "./chunk-KSWKMU6J.js";
import "./chunk-Z4OLDYZE.js";
export {
  createHostedStep
};
