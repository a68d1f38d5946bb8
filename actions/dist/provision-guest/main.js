import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  deploymentSchema
} from "../chunks/chunk-UMDKZSZW.js";
import {
  provisionRequestSchema
} from "../chunks/chunk-X3VOLMWL.js";
import {
  resolveProfile
} from "../chunks/chunk-GWUUC4NK.js";
import "../chunks/chunk-3ZOIEKJZ.js";
import {
  parseInputs
} from "../chunks/chunk-PY76QUXU.js";
import "../chunks/chunk-E4HQEAUX.js";
import {
  callProgram,
  createRootStep,
  findRunFolders,
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
  messageOf
} from "../chunks/chunk-5RZY2RT7.js";
import "../chunks/chunk-Z4OLDYZE.js";

// actions/provision-guest/inputs.ts
var { guest, attachment } = provisionRequestSchema.shape;
var inputsSchema = strictObject({
  "profile-file": string().endsWith(".yaml", { error: "must be the path of a YAML file that ends in .yaml" }),
  guest,
  attachment: attachment.default("bridge")
});
function readProvisionInputs(read) {
  const { "profile-file": profileFile, ...others } = parseInputs(inputsSchema, read);
  return { profileFile, ...others };
}

// actions/provision-guest/run.ts
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
async function runProvisionGuest(inputs, world) {
  const { guest: guest2, attachment: attachment2 } = inputs;
  const profile = await readWholeProfile(inputs.profileFile);
  const id = nameRootRun("guest", world.environment.runId, world.environment.attempt);
  const request = { schema: "tunegate.provision/1", profile, guest: guest2, attachment: attachment2 };
  requireSuccess(await callProgram(world, "provision", id, request));
  const text = await readFile(findRunFolders(id, world.runsFolder).deployment, "utf8");
  const deployment = deploymentSchema.parse(JSON.parse(text));
  const folder = join(world.temporaryFolder, `tunegate-${id}`);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "deployment.json"), text);
  world.setOutput("address", deployment.address);
  world.setOutput("control-port", String(deployment.held?.controlPort ?? ""));
  world.setOutput("deployment-file", join(folder, "deployment.json"));
}
async function readWholeProfile(file) {
  const { name, parameters } = await resolveProfile(basename(file, ".yaml"), async (wanted) => {
    const path = join(dirname(file), `${wanted}.yaml`);
    return { text: await readProfileText(path), fileName: path };
  });
  return JSON.stringify({ name, parameters });
}
async function readProfileText(path) {
  try {
    return await readFile(path, "utf8");
  } catch (thrown) {
    throw new ConfigurationError(`${path} cannot be read (${messageOf(thrown)}); a profile is accepted`, {
      cause: thrown
    });
  }
}

// actions/provision-guest/main.ts
await runAction(() => runProvisionGuest(readProvisionInputs(getInput), createRootStep(process.env)));
process.exit();
