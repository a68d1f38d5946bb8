import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  describeProblems,
  object,
  preprocess,
  string,
  url
} from "./chunk-QDEKYFEH.js";
import {
  ConfigurationError
} from "./chunk-5RZY2RT7.js";

// src/github/environment.ts
var text = string().min(1);
var optional = preprocess((value) => value === "" ? void 0 : value, string().optional());
var number = string().regex(/^[1-9]\d{0,14}$/, { error: "must be a whole number" }).transform(Number);
var environmentSchema = object({
  /** What started the workflow, such as `pull_request_target`. */
  GITHUB_EVENT_NAME: text,
  /** File with the event as JSON. */
  GITHUB_EVENT_PATH: text,
  /** `OWNER/NAME` of the repository that the workflow belongs to. */
  GITHUB_REPOSITORY: string().regex(/^[A-Za-z0-9_.-]{1,100}\/[A-Za-z0-9_.-]{1,100}$/),
  /** Commit that the workflow runs for; under pull_request_target that of the base branch. */
  GITHUB_SHA: string().regex(/^[0-9a-f]{40}$/),
  GITHUB_RUN_ID: number,
  /** 1 for the first run, one more for each re-run. */
  GITHUB_RUN_ATTEMPT: number.default(1),
  /** Folder that the runner empties when the job ends. */
  RUNNER_TEMP: text,
  /** Address of the site, for links. */
  GITHUB_SERVER_URL: url({ protocol: /^https?$/ }).default("https://github.com"),
  /** Address of the API. */
  GITHUB_API_URL: url({ protocol: /^https?$/ }).default("https://api.github.com"),
  /** File to which the summary of the step is written; absent outside a runner. */
  GITHUB_STEP_SUMMARY: optional
});
function parseEnvironment(variables) {
  const outcome = environmentSchema.safeParse(variables);
  if (!outcome.success) {
    throw new ConfigurationError(
      `the environment is not that of a GitHub Actions step: ${describeProblems(outcome.error)}`
    );
  }
  const found = outcome.data;
  const [owner = "", repo = ""] = found.GITHUB_REPOSITORY.split("/");
  return {
    eventName: found.GITHUB_EVENT_NAME,
    eventPath: found.GITHUB_EVENT_PATH,
    repository: { owner, repo },
    sha: found.GITHUB_SHA,
    runId: found.GITHUB_RUN_ID,
    attempt: found.GITHUB_RUN_ATTEMPT,
    temporaryFolder: found.RUNNER_TEMP,
    serverUrl: found.GITHUB_SERVER_URL,
    apiUrl: found.GITHUB_API_URL,
    stepSummary: found.GITHUB_STEP_SUMMARY ?? null
  };
}

export {
  parseEnvironment
};
