import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname } from 'node:path';
import { type JobEnd, listJobs, renderLog } from './act-output.ts';

export interface ActRequest {
  /** Folder of the programs act, actionlint and zizmor. */
  readonly tools: string;
  /** The repository under test; act reads its remote and its commits. */
  readonly repository: string;
  /** Name of a file in .github/workflows. */
  readonly workflow: string;
  readonly eventName: string;
  readonly eventFile: string;
  /** Base address of the stand-in for GitHub. */
  readonly serverUrl: string;
  readonly runId: number;
  readonly attempt?: number;
  /** What the artifact service is asked with. */
  readonly runtimeToken: string;
  /** `github.token`. */
  readonly token: string;
  /** Folder for HOME: workspaces and the cache of actions are in it. */
  readonly home: string;
  readonly standIns: readonly string[];
  /** Variables of the repository, `vars` in expressions. */
  readonly variables: Readonly<Record<string, string>>;
  /** More variables for the steps. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Extra programs come first on PATH. */
  readonly path?: readonly string[];
}

export interface ActRun {
  readonly exitCode: number | null;
  readonly jobs: readonly JobEnd[];
  /** For people. */
  readonly log: string;
}

export interface StartedAct {
  readonly process: ChildProcess;
  readonly ended: Promise<ActRun>;
  /** What has been said so far. */
  said(): string;
}

function buildArguments(request: ActRequest): readonly string[] {
  const { serverUrl, runId, home } = request;
  const api = serverUrl.replace(/\/$/, '');
  const variables = {
    E2E_REPOSITORY: request.repository,
    GITHUB_RUN_ID: String(runId),
    GITHUB_RUN_ATTEMPT: String(request.attempt ?? 1),
    GITHUB_API_URL: api,
    GITHUB_GRAPHQL_URL: `${api}/graphql`,
    ACTIONS_RUNTIME_URL: `${api}/`,
    ACTIONS_RESULTS_URL: `${api}/`,
    ACTIONS_RUNTIME_TOKEN: request.runtimeToken,
    NO_COLOR: '1',
    PAGER: 'cat',
    GIT_PAGER: 'cat',
    ...request.environment,
  };
  return [
    ...[request.eventName, '-e', request.eventFile, '-W', `.github/workflows/${request.workflow}`, '--json', '--rm'],
    ...['-P', 'ubuntu-latest=-self-hosted', '-P', 'self-hosted=-self-hosted'],
    ...['--action-cache-path', `${home}/action-cache`, '--no-cache-server', '--action-offline-mode'],
    ...['--no-skip-checkout', ...request.standIns],
    ...Object.entries(variables).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
    ...Object.entries(request.variables).flatMap(([name, value]) => ['--var', `${name}=${value}`]),
    ...['-s', `GITHUB_TOKEN=${request.token}`],
  ];
}

/**
 * Runs a workflow file, unmodified, on this machine: act in host mode, without Docker, in an environment of its own,
 * since act hands its environment to the steps.
 */
export function startAct(request: ActRequest): StartedAct {
  const node = dirname(process.execPath);
  const path = [...(request.path ?? []), node, '/usr/local/sbin', '/usr/sbin', '/sbin', '/usr/bin', '/bin'].join(':');
  const child = spawn(`${request.tools}/bin/act`, buildArguments(request), {
    cwd: request.repository,
    env: { HOME: request.home, PATH: path, LANG: 'C.UTF-8' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
  }
  const ended = once(child, 'close').then(([code]): ActRun => {
    const exitCode = typeof code === 'number' ? code : null;
    return { exitCode, jobs: listJobs(output), log: renderLog(output) };
  });
  return { process: child, ended, said: () => output };
}
