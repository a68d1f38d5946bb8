import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DefaultArtifactClient } from '@actions/artifact';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { lab, startLab } from './lab.ts';
import type { GitHubServer } from './server.ts';

let server: GitHubServer;
let client: DefaultArtifactClient;
let folder: string;

/** The client reads its surroundings at every call, but the address of the API when it is loaded. */
beforeAll(async () => {
  server = await startLab();
  folder = await mkdtemp(join(tmpdir(), 'artifacts-'));
  await writeFile(join(folder, 'run.jsonl'), '{"kind":"run"}\n');
  vi.stubEnv('GITHUB_API_URL', server.origin);
  vi.stubEnv('ACTIONS_RESULTS_URL', `${server.origin}/`);
  vi.stubEnv('GITHUB_SERVER_URL', undefined);
  vi.stubEnv('GITHUB_WORKSPACE', folder);
  const { DefaultArtifactClient: Client } = await import('@actions/artifact');
  client = new Client();
  // The client tells what it does; vitest needs not.
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
});
afterEach(() => server.behave());
afterAll(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await server.close();
});

function useRun(run: number): void {
  vi.stubEnv('ACTIONS_RUNTIME_TOKEN', server.runtimeToken(run));
}

const upload = (name: string) => client.uploadArtifact(name, [join(folder, 'run.jsonl')], folder);

describe('the artifact client', () => {
  it('uploads, lists and downloads within a run', async () => {
    useRun(1);
    const { id } = await upload('tunegate-run-tuned-1');
    const { artifacts } = await client.listArtifacts();
    expect(artifacts.map(({ name }) => name)).toEqual(['tunegate-run-tuned-1']);
    const path = await mkdtemp(join(tmpdir(), 'download-'));
    const { digestMismatch } = await client.downloadArtifact(id ?? 0, { path });
    expect(digestMismatch).not.toBe(true);
    expect(await readFile(join(path, 'run.jsonl'), 'utf8')).toBe('{"kind":"run"}\n');
    expect(server.violations).toEqual([]);
  });

  it('finds those of another run through the API', async () => {
    useRun(2);
    await upload('of-two');
    useRun(3);
    const findBy = { token: server.token(3), workflowRunId: 2, repositoryOwner: lab.owner, repositoryName: lab.repo };
    const { artifacts } = await client.listArtifacts({ findBy });
    expect(artifacts.map(({ name }) => name)).toEqual(['of-two']);
    expect((await client.listArtifacts()).artifacts).toEqual([]);
    const path = await mkdtemp(join(tmpdir(), 'download-'));
    const { artifact } = await client.getArtifact('of-two', { findBy });
    await client.downloadArtifact(artifact.id, {
      path,
      findBy,
      ...(artifact.digest === undefined ? {} : { expectedHash: artifact.digest }),
    });
    expect(await readFile(join(path, 'run.jsonl'), 'utf8')).toBe('{"kind":"run"}\n');
    expect(server.violations).toEqual([]);
  });

  it('cannot use a name twice in a run', async () => {
    useRun(4);
    await upload('once');
    await expect(upload('once')).rejects.toThrow(/already exists/);
    useRun(5);
    await upload('once');
  });

  it('tries again after a bad gateway', async () => {
    useRun(6);
    const trouble = server.misbehave({ kind: 'bad-gateway', operation: 'CreateArtifact' });
    await upload('again');
    expect(trouble.spoilt).toBe(1);
  });
});

describe('the API for artifacts', () => {
  it('knows no content of one that has expired', async () => {
    useRun(8);
    const { id = 0 } = await upload('old');
    const download = () =>
      fetch(`${server.origin}/repos/acme/lab/actions/artifacts/${id}/zip`, {
        redirect: 'manual',
        headers: { authorization: `Bearer ${server.token(8)}` },
      });
    expect((await download()).status).toBe(302);
    const artifact = server.state.artifacts.get(id);
    if (artifact !== undefined) artifact.expired = true;
    expect((await download()).status).toBe(410);
  });
});

describe('the artifact service', () => {
  const ask = (method: string, body: unknown, token = server.runtimeToken(7)) =>
    fetch(`${server.origin}/twirp/github.actions.results.api.v1.ArtifactService/${method}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const ids = { workflow_run_backend_id: '7', workflow_job_run_backend_id: 'job' };
  const wrong: readonly (readonly [string, object])[] = [
    ['CreateArtifact', { ...ids, version: 7 }],
    ['FinalizeArtifact', { ...ids, name: 'a', size: 1 }],
    ['ListArtifacts', { ...ids, filter: 'a' }],
    ['GetSignedArtifactURL', ids],
    ['DeleteArtifact', { ...ids, id: '1' }],
  ];

  it.each(wrong)('refuses a wrong %s and remembers it', async (method, body) => {
    const before = server.violations.length;
    expect((await ask(method, body)).status).toBe(500);
    expect(server.violations).toHaveLength(before + 1);
  });

  it('wants the token of a run that exists', async () => {
    expect((await ask('ListArtifacts', ids, 'nonsense')).status).toBe(401);
    const unknown = server.runtimeToken(7).split('.');
    unknown[1] = Buffer.from('{"scp":"Actions.Results:99:job"}').toString('base64url');
    expect((await ask('ListArtifacts', ids, unknown.join('.'))).status).toBe(404);
  });

  it('refuses to finish what is not all there', async () => {
    await ask('CreateArtifact', { ...ids, name: 'half', version: 7 });
    const answer = await ask('FinalizeArtifact', { ...ids, name: 'half', size: '10' });
    expect(answer.status).toBe(400);
    const listed = await ask('ListArtifacts', ids);
    expect(await listed.json()).toEqual({ artifacts: [] });
  });
});
