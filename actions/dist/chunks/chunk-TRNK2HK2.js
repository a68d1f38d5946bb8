import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  ConfigurationError
} from "./chunk-KSWKMU6J.js";

// src/plans/refuse-layers.ts
var switchableLayers = {
  embedded: ["guest"],
  lab: ["guest"],
  inventory: ["guest"]
};
function refuseLayers({ name, layers }, topology) {
  const switchable = switchableLayers[topology];
  if (layers.every((layer) => switchable.includes(layer))) return;
  throw new ConfigurationError(
    `plan ${name}: layers are ${layers.join(", ")}, but the topology ${topology} can switch ${switchable.join(", ")} only; accepted is --layers ${switchable.join(",")}, with the rest listed in the report as not applied`
  );
}

export {
  refuseLayers
};
