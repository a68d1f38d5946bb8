import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  readRun
} from "../chunks/chunk-KNHBJMVG.js";
import "../chunks/chunk-4P3W6BXG.js";
import {
  deploymentSchema
} from "../chunks/chunk-UMDKZSZW.js";
import {
  benchmarkRequestSchema
} from "../chunks/chunk-X3VOLMWL.js";
import {
  parseYamlDocument
} from "../chunks/chunk-3ZOIEKJZ.js";
import {
  parseInputs,
  wholeNumber
} from "../chunks/chunk-PY76QUXU.js";
import "../chunks/chunk-E4HQEAUX.js";
import {
  callProgram,
  copyRun,
  createRootStep,
  nameRootRun,
  requireSuccess
} from "../chunks/chunk-73X6SZNT.js";
import "../chunks/chunk-EKAH4EGM.js";
import "../chunks/chunk-ORHHKMOR.js";
import "../chunks/chunk-34DFZAEL.js";
import {
  getInput
} from "../chunks/chunk-54CEUQG2.js";
import {
  strictObject,
  string
} from "../chunks/chunk-QDEKYFEH.js";
import {
  runAction
} from "../chunks/chunk-AO5DP62J.js";
import "../chunks/chunk-MTKFNDVM.js";
import {
  ConfigurationError,
  MeasurementError,
  messageOf
} from "../chunks/chunk-5RZY2RT7.js";
import "../chunks/chunk-Z4OLDYZE.js";

// actions/run-benchmarks/inputs.ts
var inputsSchema = strictObject({
  "deployment-file": string(),
  tests: string().default("tcp_stream, tcp_rr, udp_stream, udp_rr").transform((text) => text.split(/[\s,]+/).filter(Boolean)).pipe(benchmarkRequestSchema.shape.tests),
  samples: wholeNumber(1, 1e3).default(3),
  /** Of one sample. */
  seconds: wholeNumber(1, 3600).default(2)
});
function readBenchmarkInputs(read) {
  const { "deployment-file": deploymentFile, ...work } = parseInputs(inputsSchema, read);
  return { deploymentFile, work };
}

// actions/run-benchmarks/run.ts
import { readFile } from "node:fs/promises";
import { join } from "node:path";
async function runBenchmarks({ deploymentFile, work }, world) {
  const guest = await readHeldId(deploymentFile);
  const id = nameRootRun("benchmark", world.environment.runId, world.environment.attempt);
  const result = await callProgram(world, "benchmark", id, { schema: "tunegate.benchmark/1", guest, ...work });
  const folder = join(world.temporaryFolder, `tunegate-${id}`);
  if (await copyRun(id, folder, world.runsFolder)) {
    world.setOutput("run-directory", folder);
    world.setOutput("status", (await readRun(folder)).end?.status ?? "partial");
  }
  requireSuccess(result);
}
async function readHeldId(file) {
  const text = await readFile(file, "utf8").catch((thrown) => {
    throw new ConfigurationError(
      `${file} cannot be read (${messageOf(thrown)}); the output of provision-guest is accepted`
    );
  });
  const { held } = parseYamlDocument(text, file, deploymentSchema).value;
  if (held !== void 0) return held.id;
  throw new MeasurementError(`${file} describes a guest of a run; one that provision-guest has started is accepted`);
}

// actions/run-benchmarks/main.ts
await runAction(() => runBenchmarks(readBenchmarkInputs(getInput), createRootStep(process.env)));
process.exit();
