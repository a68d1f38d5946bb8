import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findRunFolders, runsFolder } from '../../src/hosts/root-program.ts';
import type { GitHubServer } from '../fakes/github-server/server.ts';

/** Where built actions run: their bundle, a folder for the files of a job, and what stands in for GitHub. */
export interface Job {
  readonly dist: string;
  readonly folder: string;
  readonly server: GitHubServer;
  readonly runId: number;
  /** The privileged program; null: the installed one. */
  readonly rootProgram: string | null;
}

export interface ActionEnd {
  readonly code: number | null;
  readonly said: string;
}

export interface StartedAction {
  readonly process: ChildProcess;
  readonly ended: Promise<ActionEnd>;
}

/** Ids of the runs of one workflow run that the privileged program keeps; others may keep theirs beside them. */
export async function listRuns({ runId }: Pick<Job, 'runId'>): Promise<readonly string[]> {
  const ids = await readdir(runsFolder).catch(() => []);
  return ids.filter((id) => id.includes(`-${runId}-`));
}

/** Journals of the runs of one workflow run, as they are at this moment. */
export async function readJournals(job: Pick<Job, 'runId'>): Promise<string> {
  const files = (await listRuns(job)).map((id) => join(findRunFolders(id).run, 'run.jsonl'));
  return (await Promise.all(files.map((file) => readFile(file, 'utf8').catch(() => '')))).join('');
}

/** Variables of one step, as the runner sets them. */
export async function buildStepEnvironment(job: Job, step: string, inputs: Readonly<Record<string, string>>) {
  const files = {
    GITHUB_STATE: 'state',
    GITHUB_OUTPUT: 'output',
    GITHUB_STEP_SUMMARY: 'summary',
    GITHUB_EVENT_PATH: 'event',
  };
  const folder = join(job.folder, step);
  await mkdir(folder, { recursive: true });
  const paths = Object.entries(files).map(([name, file]) => [name, join(folder, file)] as const);
  for (const [, path] of paths) await writeFile(path, '', { flag: 'a' });
  await writeFile(join(folder, 'event'), '{}');
  const state = parseFileCommands(await readFile(join(folder, 'state'), 'utf8'));
  return {
    PATH: process.env.PATH ?? '',
    HOME: job.folder,
    ...Object.fromEntries(paths),
    ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
    ...Object.fromEntries([...state].map(([name, value]) => [`STATE_${name}`, value])),
    ...{ GITHUB_EVENT_NAME: 'workflow_dispatch', GITHUB_REPOSITORY: 'acme/lab', GITHUB_SHA: 'a'.repeat(40) },
    ...{ GITHUB_RUN_ID: String(job.runId), GITHUB_RUN_ATTEMPT: '1', RUNNER_TEMP: join(job.folder, 'temp') },
    ...{ GITHUB_API_URL: job.server.origin, ACTIONS_RUNTIME_TOKEN: job.server.runtimeToken(job.runId) },
    ...{ ACTIONS_RUNTIME_URL: `${job.server.origin}/`, ACTIONS_RESULTS_URL: `${job.server.origin}/` },
    ...(job.rootProgram === null ? {} : { TUNEGATE_ROOT_PROGRAM: job.rootProgram }),
  };
}

/** Starts main or post of a built action; `step` names the step in the job, whose files main and post share. */
export async function startAction(
  job: Job,
  { action, part = 'main', step = action, inputs = {} }: ActionCall,
): Promise<StartedAction> {
  const env = await buildStepEnvironment(job, step, inputs);
  const child = spawn(process.execPath, [join(job.dist, action, `${part}.js`)], {
    ...{ env, stdio: ['ignore', 'pipe', 'pipe'], detached: true },
  });
  return { process: child, ended: collect(child) };
}

export interface ActionCall {
  readonly action: string;
  readonly part?: 'main' | 'post';
  readonly step?: string;
  readonly inputs?: Readonly<Record<string, string>>;
}

export async function runAction(job: Job, call: ActionCall): Promise<ActionEnd> {
  return (await startAction(job, call)).ended;
}

export async function readOutputs(job: Job, step: string): Promise<ReadonlyMap<string, string>> {
  return parseFileCommands(await readFile(join(job.folder, step, 'output'), 'utf8'));
}

export async function collect(child: ChildProcess): Promise<ActionEnd> {
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      said += chunk;
    });
  }
  const [code] = await once(child, 'exit');
  return { code, said };
}

/** `NAME<<WORD`, the value, `WORD`. */
function parseFileCommands(text: string): ReadonlyMap<string, string> {
  const entries = text.matchAll(/^(\S+)<<(\S+)\n([\s\S]*?)\n\2$/gm);
  return new Map([...entries].map(([, name = '', , value = '']) => [name, value]));
}
