import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  createHostedStep
} from "./chunk-PGV6DZKN.js";
import "./chunk-JHRJXZZ5.js";
import "./chunk-UBY3YZ3Q.js";
import "./chunk-PWU54QSI.js";
import "./chunk-2QLQJMZH.js";
import "./chunk-TT2CZLMQ.js";
import "./chunk-EASXO5EM.js";
import "./chunk-OJL7HKMG.js";
import "./chunk-Z4OLDYZE.js";
export {
  createHostedStep
};
