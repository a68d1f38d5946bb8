import * as z from 'zod';
import { ConfigurationError } from '../errors.ts';
import { describeProblems } from '../schema-words.ts';
import type { RepositoryName } from './client.ts';

/** GitHub gives an empty text for what is absent. */
const text = z.string().min(1);
const optional = z.preprocess((value) => (value === '' ? undefined : value), z.string().optional());
const number = z
  .string()
  .regex(/^[1-9]\d{0,14}$/, { error: 'must be a whole number' })
  .transform(Number);

/** Every environment variable of a workflow that we use, one a line. */
const environmentSchema = z.object({
  /** What started the workflow, such as `pull_request_target`. */
  GITHUB_EVENT_NAME: text,
  /** File with the event as JSON. */
  GITHUB_EVENT_PATH: text,
  /** `OWNER/NAME` of the repository that the workflow belongs to. */
  GITHUB_REPOSITORY: z.string().regex(/^[A-Za-z0-9_.-]{1,100}\/[A-Za-z0-9_.-]{1,100}$/),
  /** Commit that the workflow runs for; under pull_request_target that of the base branch. */
  GITHUB_SHA: z.string().regex(/^[0-9a-f]{40}$/),
  GITHUB_RUN_ID: number,
  /** 1 for the first run, one more for each re-run. */
  GITHUB_RUN_ATTEMPT: number.default(1),
  /** Folder that the runner empties when the job ends. */
  RUNNER_TEMP: text,
  /** Address of the site, for links. */
  GITHUB_SERVER_URL: z.url({ protocol: /^https?$/ }).default('https://github.com'),
  /** Address of the API. */
  GITHUB_API_URL: z.url({ protocol: /^https?$/ }).default('https://api.github.com'),
  /** File to which the summary of the step is written; absent outside a runner. */
  GITHUB_STEP_SUMMARY: optional,
});

export interface Environment {
  readonly eventName: string;
  readonly eventPath: string;
  readonly repository: RepositoryName;
  readonly sha: string;
  readonly runId: number;
  readonly attempt: number;
  readonly temporaryFolder: string;
  readonly serverUrl: string;
  readonly apiUrl: string;
  readonly stepSummary: string | null;
}

/** The environment of a workflow step; throws `ConfigurationError` where it is not one. */
export function parseEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  const outcome = environmentSchema.safeParse(variables);
  if (!outcome.success) {
    throw new ConfigurationError(
      `the environment is not that of a GitHub Actions step: ${describeProblems(outcome.error)}`,
    );
  }
  const found = outcome.data;
  const [owner = '', repo = ''] = found.GITHUB_REPOSITORY.split('/');
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
    stepSummary: found.GITHUB_STEP_SUMMARY ?? null,
  };
}
