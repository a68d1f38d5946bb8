import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  layers
} from "./chunk-E4HQEAUX.js";
import {
  ConfigurationError
} from "./chunk-5RZY2RT7.js";

// src/plans/refuse-layers.ts
var switchableLayers = {
  embedded: ["daemon", "guest"],
  lab: layers,
  inventory: layers
};
function listFixedLayers({ layers: layers2 }, topology) {
  return layers2.filter((layer) => !switchableLayers[topology].includes(layer));
}
function refuseLayers(plan, topology) {
  if (listFixedLayers(plan, topology).length === 0) return;
  const switchable = switchableLayers[topology];
  throw new ConfigurationError(
    `plan ${plan.name}: layers are ${plan.layers.join(", ")}, but the topology ${topology} can switch ${switchable.join(", ")} only; accepted is --inventory FILE with a host to be switched, or --layers ${switchable.join(",")}, with the rest listed in the report as not applied`
  );
}

export {
  listFixedLayers,
  refuseLayers
};
