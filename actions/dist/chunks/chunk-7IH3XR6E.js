import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  createClient,
  readEvent
} from "./chunk-WP5ODUN6.js";
import {
  parseEnvironment
} from "./chunk-34DFZAEL.js";
import {
  info,
  setFailed,
  setOutput,
  warning
} from "./chunk-54CEUQG2.js";

// src/github/create-hosted-step.ts
import { appendFile } from "node:fs/promises";
async function createHostedStep(token, variables) {
  const environment = parseEnvironment(variables);
  const { apiUrl, stepSummary } = environment;
  return {
    github: createClient(token, { apiUrl }),
    environment,
    event: await readEvent(environment),
    ...{ info, warning, setFailed, setOutput },
    writeSummary: async (markdown) => {
      if (stepSummary !== null) await appendFile(stepSummary, markdown);
    }
  };
}

export {
  createHostedStep
};
