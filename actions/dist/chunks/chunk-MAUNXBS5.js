import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  listMeasured,
  parsePlan,
  requestSchema
} from "./chunk-TVGHCADT.js";
import {
  parseResolvedProfile
} from "./chunk-GWUUC4NK.js";
import {
  sides
} from "./chunk-E4HQEAUX.js";
import {
  describeProblems
} from "./chunk-QDEKYFEH.js";
import {
  ConfigurationError,
  messageOf
} from "./chunk-5RZY2RT7.js";

// src/measurement/read-plan-directory.ts
import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
var largestFile = 1024 * 1024;
async function readRequest(directory) {
  const text = await readText(directory, "request.json");
  const outcome = requestSchema.safeParse(parseJson(text));
  if (outcome.success) return outcome.data;
  const findings = describeProblems(outcome.error);
  throw new ConfigurationError(`request.json of the plan directory is not what the action plan writes: ${findings}`);
}
function parseJson(text) {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    throw new ConfigurationError(`request.json of the plan directory is not JSON (${messageOf(thrown)})`);
  }
}
async function readComparison(directory, request, name) {
  const measured = listMeasured(request);
  const requested = measured.find((comparison) => comparison.name === name);
  if (requested === void 0) {
    const names = measured.map((comparison) => comparison.name).join(", ");
    throw new ConfigurationError(
      `comparison ${name} is not to be measured; accepted is one of request.json: ${names || "there is none"}`
    );
  }
  const texts = {
    plan: await readText(directory, join(name, "plan.yaml")),
    baseline: await readText(directory, join(name, "baseline.yaml")),
    candidate: await readText(directory, join(name, "candidate.yaml"))
  };
  const plan = parsePlan(texts.plan, `${name}/plan.yaml`, null);
  const profiles = {
    baseline: await parseResolvedProfile({ text: texts.baseline, fileName: `${name}/baseline.yaml` }),
    candidate: await parseResolvedProfile({ text: texts.candidate, fileName: `${name}/candidate.yaml` })
  };
  for (const side of sides) refuseOther(requested, side, profiles[side]);
  return { requested, plan, profiles, texts };
}
function refuseOtherHost(request, host) {
  if (request.hosts.includes(host)) return;
  throw new ConfigurationError(`host ${host} is not among those of request.json: ${request.hosts.join(", ")}`);
}
function refuseOther(requested, side, profile) {
  const wanted = requested[side]?.sha256;
  if (wanted === profile.sha256) return;
  throw new ConfigurationError(
    `${requested.name}/${side}.yaml has sha256 ${profile.sha256.slice(0, 12)}, but request.json asks for ${wanted?.slice(0, 12)}`
  );
}
async function readText(directory, name) {
  const refuse = (found, cause) => new ConfigurationError(`${name} of the plan directory ${found}`, { cause });
  try {
    const file = await open(join(directory, name), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const found = await file.stat();
      if (!found.isFile()) throw refuse("is no regular file");
      if (found.size > largestFile) throw refuse(`has ${found.size} bytes, at most ${largestFile} are accepted`);
      return new TextDecoder("utf-8", { fatal: true }).decode(await file.readFile());
    } finally {
      await file.close();
    }
  } catch (thrown) {
    if (thrown instanceof ConfigurationError) throw thrown;
    throw refuse(`cannot be read as text (${messageOf(thrown)})`, thrown);
  }
}

export {
  readRequest,
  readComparison,
  refuseOtherHost
};
