import { mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { downloadPlan, downloadRuns, uploadFolder } from '../../src/github/artifacts.ts';
import { listEntries } from '../../src/github/read-zip.ts';
import { actAsJob, silenceClients, startLab } from '../actions/report/stage.ts';
import type { GitHubServer } from '../fakes/github-server/server.ts';

let server: GitHubServer;
beforeEach(async () => {
  silenceClients();
  server = await startLab();
  actAsJob(server, 40);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  const { violations } = server;
  await server.close();
  expect(violations).toEqual([]);
});

const makeFolder = (files: Readonly<Record<string, string>>) => {
  const folder = mkdtempSync(join(tmpdir(), 'tunegate-artifact-'));
  mkdirSync(join(folder, 'logs'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
};
const target = () => ({ folder: join(mkdtempSync(join(tmpdir(), 'tunegate-target-')), 'runs'), attempt: 2 });
const contentOf = (name: string) => {
  const artifact = [...server.state.artifacts.values()].find((found) => found.name === name);
  return artifact?.content ?? Buffer.alloc(0);
};

describe('uploading a folder', () => {
  it('takes its files and what is below, and tells id and size', async () => {
    const { id, size } = await uploadFolder('a', makeFolder({ 'run.jsonl': 'journal', 'logs/d1.log': 'console' }));
    expect(server.state.artifacts.get(id)?.content).toHaveLength(size);
    const limits = { entries: 9, entryBytes: 99, totalBytes: 999 };
    expect(listEntries(contentOf('a'), limits).map(({ name }) => name)).toEqual(['logs/d1.log', 'run.jsonl']);
  });

  it('does not follow links out of it', async () => {
    const folder = makeFolder({ 'run.jsonl': 'journal' });
    symlinkSync('/etc/hostname', join(folder, 'logs', 'secret'));
    symlinkSync('/etc', join(folder, 'etc'));
    await uploadFolder('a', folder);
    const limits = { entries: 9, entryBytes: 99, totalBytes: 999 };
    expect(listEntries(contentOf('a'), limits).map(({ name }) => name)).toEqual(['run.jsonl']);
  });

  it('of nothing is an error, and so is a name that is taken', async () => {
    await expect(uploadFolder('a', makeFolder({}))).rejects.toThrow('no files');
    await uploadFolder('a', makeFolder({ 'run.jsonl': '' }));
    await expect(uploadFolder('a', makeFolder({ 'run.jsonl': '' }))).rejects.toThrow('already exists');
  });
});

describe('downloading', () => {
  it('gives the journals of this run, of the newest attempt that is not in the future', async () => {
    for (const [name, text] of [
      ['1', 'first'],
      ['2', 'second'],
      ['3', 'third'],
    ]) {
      await uploadFolder(`tunegate-run-a-tuned-${name}`, makeFolder({ 'run.jsonl': text ?? '', 'logs/x.log': 'x' }));
    }
    await uploadFolder('tunegate-run-b-tuned-1', makeFolder({ 'run.jsonl': 'only' }));
    actAsJob(server, 41);
    await uploadFolder('tunegate-run-c-tuned-2', makeFolder({ 'run.jsonl': 'of another workflow run' }));
    actAsJob(server, 40);
    const pairs = ['a', 'b', 'c'].map((host) => ({ host, comparison: 'tuned' }));
    const [a, b, c] = await downloadRuns(pairs, target());
    const texts = [a, b].map((found) =>
      found?.download.kind === 'found'
        ? { text: readFileSync(join(found.download.folder, 'run.jsonl'), 'utf8'), attempt: found.download.attempt }
        : null,
    );
    expect(texts).toEqual([
      { text: 'second', attempt: 2 },
      { text: 'only', attempt: 1 },
    ]);
    // Consoles stay in the archive.
    expect(a?.download.kind === 'found' && readdirSync(a.download.folder)).toEqual(['run.jsonl']);
    expect(c?.download).toEqual({ kind: 'missing' });
  });

  it('refuses pairs that would have one name', async () => {
    const pairs = [
      { host: 'a-b', comparison: 'c' },
      { host: 'a', comparison: 'b-c' },
    ];
    await expect(downloadRuns(pairs, target())).rejects.toThrow('2 runs have 1 names');
  });

  it('gives the plan with its files and no others', async () => {
    expect(await downloadPlan(target())).toEqual({ kind: 'missing' });
    await uploadFolder('tunegate-plan-1', makeFolder({ 'request.json': '{}', 'logs/plan.yaml': 'a', 'logs/x': 'b' }));
    const found = await downloadPlan(target());
    const files = found.kind === 'found' ? readdirSync(found.folder, { recursive: true }).sort() : [];
    expect(files).toEqual(['logs', 'logs/plan.yaml', 'request.json']);
  });

  it('tries again where the service fails', async () => {
    await uploadFolder('tunegate-plan-1', makeFolder({ 'request.json': '{}' }));
    server.misbehave({ kind: 'bad-gateway', operation: 'ListArtifacts' });
    expect(await downloadPlan(target())).toMatchObject({ kind: 'found' });
  });
});
