import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  machineName
} from "./chunk-PY76QUXU.js";
import {
  attachments,
  testNames
} from "./chunk-E4HQEAUX.js";
import {
  _enum,
  array,
  int,
  literal,
  strictObject,
  string
} from "./chunk-QDEKYFEH.js";

// src/hosts/root-requests.schema.ts
var rootIdSchema = string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/);
var largestDocument = 1024 * 1024;
var yamlText = string().min(1).max(256 * 1024).regex(/^[^\0]*$/);
var listedMachine = strictObject({ inventory: machineName, machine: machineName });
var measureRequestSchema = strictObject({
  schema: literal("tunegate.measure/1"),
  plan: yamlText,
  /** Profiles without `extends`. */
  baseline: yamlText,
  candidate: yamlText,
  /** The host to measure; left out, the machine that the program runs on. */
  host: listedMachine.optional(),
  options: strictObject({
    /** Of the order; left out, the usual one. */
    seed: int().min(0).optional(),
    /** How long another run may go on until this one begins, seconds. */
    waitSeconds: int().min(0).max(86400).default(0)
  })
});
var preparedLayers = ["host-boot", "host"];
var prepareRequestSchema = strictObject({
  schema: literal("tunegate.prepare/1"),
  /** Without `extends`. */
  profile: yamlText,
  layers: array(_enum(preparedLayers)).min(1).refine((names) => new Set(names).size === names.length, { error: "names the same layer twice" }),
  /** As in `measure`. */
  host: listedMachine.optional()
});
var provisionRequestSchema = strictObject({
  schema: literal("tunegate.provision/1"),
  profile: yamlText,
  guest: _enum(["docker", "qemu"]),
  attachment: _enum(attachments)
});
var benchmarkRequestSchema = strictObject({
  schema: literal("tunegate.benchmark/1"),
  /** Id with which the guest was provisioned. */
  guest: rootIdSchema,
  tests: array(_enum(testNames)).min(1).refine((tests) => new Set(tests).size === tests.length, { error: "names the same test twice" }),
  samples: int().min(1).max(1e3),
  /** Of one sample. */
  seconds: int().min(1).max(3600)
});

export {
  preparedLayers,
  provisionRequestSchema,
  benchmarkRequestSchema
};
