import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  createHostedStep
} from "./chunk-TJJGXRIG.js";
import "./chunk-SELKPM7M.js";
import "./chunk-UCMJ63QK.js";
import "./chunk-YWXFK5OY.js";
import "./chunk-GLWG46QN.js";
import "./chunk-54CEUQG2.js";
import "./chunk-5MN45FIB.js";
import "./chunk-KSWKMU6J.js";
import "./chunk-Z4OLDYZE.js";
export {
  createHostedStep
};
