import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { readInputs } from '../../../actions/plan/inputs.ts';
import { runPlan } from '../../../actions/plan/run.ts';
import { createClient } from '../../../src/github/client.ts';
import { parseEnvironment } from '../../../src/github/environment.ts';
import { type Request, requestSchema } from '../../../src/plans/request.schema.ts';
import type { FileSeed } from '../../fakes/github-server/seed.ts';
import { type GitHubServer, startGitHubServer } from '../../fakes/github-server/server.ts';

const home = new URL('../../../runner-setup/', import.meta.url);

/** The profiles and plans that ship, as files of a repository. */
export async function readShipped(): Promise<Readonly<Record<string, string>>> {
  const files: Record<string, string> = {};
  for (const folder of ['profiles', 'plans']) {
    for (const name of await readdir(new URL(folder, home))) {
      files[`runner-setup/${folder}/${name}`] = await readFile(new URL(`${folder}/${name}`, home), 'utf8');
    }
  }
  return files;
}

export const profile = (name: string) => `runner-setup/profiles/${name}.yaml`;
export const plan = (name: string) => `runner-setup/plans/${name}.yaml`;

export interface PullOptions {
  /** What the pull request changes, from the commit `base`. */
  readonly change: Readonly<Record<string, FileSeed | null>>;
  /** What the default branch has changed since then. */
  readonly later?: Readonly<Record<string, FileSeed | null>>;
  readonly author?: string;
  readonly files?: Readonly<Record<string, FileSeed>>;
}

/** `acme/lab` with the shipped files and pull request 7; `owner` may write, everybody else may read. */
export async function startLab({ change, later, author = 'owner', files }: PullOptions): Promise<GitHubServer> {
  return startGitHubServer({
    repositories: [
      {
        owner: 'acme',
        name: 'lab',
        commits: [
          { name: 'base', files: { 'README.md': 'A lab.\n', ...(await readShipped()), ...files } },
          { name: 'later', parents: ['base'], change: { 'README.md': 'A good lab.\n', ...later } },
          { name: 'tune', parents: ['base'], change },
        ],
        branches: { main: 'later', tune: 'tune' },
        pulls: [
          {
            number: 7,
            author,
            head: { branch: 'tune', commit: 'tune', ...(author === 'owner' ? {} : { fork: author }) },
          },
        ],
        permissions: { owner: 'admin', colleague: 'maintain', triager: 'triage' },
      },
    ],
  });
}

export interface Planned {
  readonly outputs: Readonly<Record<string, string>>;
  /** null where the event was ignored. */
  readonly request: Request | null;
  /** Texts of the plan directory by path. */
  readonly files: Readonly<Record<string, string>>;
  readonly uploaded: readonly string[];
  readonly log: string;
}

export interface PlanOptions {
  readonly eventName: string;
  readonly event: unknown;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly sha?: string;
  readonly upload?: (name: string, folder: string) => Promise<unknown>;
  readonly now?: Date;
}

const usualInputs: Readonly<Record<string, string>> = {
  'profiles-directory': 'runner-setup/profiles',
  'plans-directory': 'runner-setup/plans',
  plan: 'smoke',
  hosts: 'tuned',
  baseline: 'stock',
  candidate: 'tuned',
  comparisons: '3',
  'longest-minutes': '360',
  'history-branch': 'tunegate-history',
};

/** Runs the action with a real client against the server, with a token that may only read. */
export async function runPlanAction(server: GitHubServer, options: PlanOptions): Promise<Planned> {
  const folder = await mkdtemp(join(tmpdir(), 'plan-'));
  const eventPath = join(folder, 'event.json');
  await writeFile(eventPath, JSON.stringify(options.event));
  const environment = parseEnvironment({
    GITHUB_EVENT_NAME: options.eventName,
    GITHUB_EVENT_PATH: eventPath,
    GITHUB_REPOSITORY: 'acme/lab',
    GITHUB_SHA: options.sha ?? server.sha('later'),
    GITHUB_RUN_ID: '4711',
    GITHUB_RUN_ATTEMPT: '2',
    RUNNER_TEMP: folder,
    GITHUB_API_URL: server.origin,
  });
  const token = server.token(4711, { contents: 'read', 'pull-requests': 'read' });
  const texts: Readonly<Record<string, string>> = { ...usualInputs, 'github-token': token, ...options.inputs };
  const outputs: Record<string, string> = {};
  const uploaded: string[] = [];
  let log = '';
  await runPlan(
    readInputs((name) => texts[name] ?? ''),
    {
      client: createClient(token, { apiUrl: server.origin, waitUnitMilliseconds: 1 }),
      environment,
      setOutput: (name, value) => {
        outputs[name] = value;
      },
      upload: async (name, path) => {
        uploaded.push(name);
        await options.upload?.(name, path);
      },
      now: () => options.now ?? new Date(),
      log: {
        write: (text) => {
          log += text;
        },
      },
    },
  );
  const files = await readFolder(outputs['plan-directory'] ?? '');
  const text = files['request.json'];
  return {
    outputs,
    files,
    uploaded,
    log,
    request: text === undefined ? null : requestSchema.parse(JSON.parse(text)),
  };
}

async function readFolder(folder: string): Promise<Record<string, string>> {
  if (folder === '') return {};
  const entries = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name)).sort();
  return Object.fromEntries(
    await Promise.all(paths.map(async (path) => [relative(folder, path), await readFile(path, 'utf8')] as const)),
  );
}
