import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { stripControls } from '../../../reports/strip-controls.ts';
import type { Run } from '../../../src/results/journal.schema.ts';
import { renderJournal } from '../../comparison/build-run.ts';
import type { GitHubServer } from '../../fakes/github-server/server.ts';
import { buildZip, type ZipFile } from '../../github/build-zip.ts';
import {
  buildMeasuredRun,
  listCheckRuns,
  listComments,
  runStep,
  silenceClients,
  startLab,
  upload,
  writePlan,
  writeRun,
} from './stage.ts';

let server: GitHubServer;
beforeEach(async () => {
  silenceClients();
  server = await startLab();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  const { violations } = server;
  await server.close();
  expect(violations).toEqual([]);
});

const journal = renderJournal(buildMeasuredRun(0.9));

/** Puts an archive in the place of an artifact's. */
function replaceArchive(name: string, files: readonly ZipFile[] | Buffer): void {
  const artifact = [...server.state.artifacts.values()].find((found) => found.name === name);
  if (artifact === undefined) throw new Error(`there is no artifact ${name}`);
  artifact.content = Buffer.isBuffer(files) ? files : buildZip(files);
}

/** What the report says of a run that is not to be believed. */
async function expectRefusal(finding: string): Promise<string> {
  const { outputs, thrown } = await runStep(server);
  expect(thrown).toBeNull();
  expect(outputs).toMatchObject({ verdict: 'none', 'gate-result': 'failure', 'comparison-file': '' });
  expect(outputs['gate-sentence']).toContain(finding);
  const [body = '', ...others] = listComments(server);
  expect(others).toEqual([]);
  return body;
}

describe('the archive of a run', () => {
  it.each([
    ['a link in place of the journal', [{ name: 'run.jsonl', content: '/etc/passwd', mode: 0o120777 }], 'link'],
    ['a path out of the folder', [{ name: '../../run.jsonl', content: journal }], 'path'],
    ['a hundred megabytes of zeros in a few', [{ name: 'run.jsonl', content: Buffer.alloc(1e8) }], 'at most'],
    ['a bomb that lies', [{ name: 'run.jsonl', content: Buffer.alloc(1e8), claims: { size: 100 } }], 'claims'],
    ['no journal', [{ name: 'logs/a.log', content: 'nothing' }], 'run.jsonl cannot be read'],
    ['no archive', Buffer.from('not a zip'), 'no ZIP archive'],
  ] as [string, readonly ZipFile[] | Buffer, string][])('with %s is refused', async (_, files, finding) => {
    await upload(server, writePlan(server), [{ folder: writeRun(journal) }]);
    replaceArchive('tunegate-run-lab-1-tuned-1', files);
    await expectRefusal(finding);
  });

  it('does not keep other runs from being told', async () => {
    const folder = writeRun(journal);
    await upload(server, writePlan(server, { hosts: ['lab-1', 'lab-2'] }), [{ folder }, { host: 'lab-2', folder }]);
    replaceArchive('tunegate-run-lab-1-tuned-1', [{ name: 'run.jsonl', content: '', mode: 0o120777 }]);
    expect((await runStep(server)).outputs).toMatchObject({ verdict: 'improved', 'gate-result': 'failure' });
  });

  it('may hold other files, of which none is looked at', async () => {
    await upload(server, writePlan(server), [{ folder: writeRun(journal) }]);
    replaceArchive('tunegate-run-lab-1-tuned-1', [
      { name: 'run.jsonl', content: journal },
      { name: 'comparison.json', content: '{"family":{"verdict":"unchanged"}}' },
    ]);
    expect((await runStep(server)).outputs).toMatchObject({ verdict: 'improved' });
  });
});

describe('a journal', () => {
  const change = (edit: (run: Run) => Run) => renderJournal(edit(buildMeasuredRun(0.9)));
  const changeHeader = (header: object) => change((run) => ({ ...run, header: { ...run.header, ...header } }));
  const { header } = buildMeasuredRun();

  it.each([
    ['of another profile', changeHeader({ candidate: { ...header.candidate, sha256: 'f'.repeat(64) } }), 'sha256'],
    ['with sides exchanged', changeHeader({ baseline: header.candidate, candidate: header.baseline }), 'asked for was'],
    ['of another name', changeHeader({ candidate: { ...header.candidate, profile: 'other' } }), 'is other'],
    ['of a smaller plan', changeHeader({ plan: { ...header.plan, deployments: 1 } }), 'deployments'],
    ['of other layers', changeHeader({ plan: { ...header.plan, layers: ['host'] } }), 'layers'],
    ['of another regime', changeHeader({ plan: { ...header.plan, regime: 'sample' } }), 'alternate by sample'],
    [
      'of another host',
      change((run) => ({ ...run, deployments: run.deployments.map((line) => ({ ...line, host: 'lab-2' })) })),
      'made on lab-2',
    ],
    ['of another version', journal.replace('tunegate.run/1', 'tunegate.run/2'), 'tunegate.run/2'],
    ['with a field too much', journal.replace('"kind":"run"', '"kind":"run","verdict":"improved"'), 'verdict'],
    ['with keys of every object', journal.replace('"kind":"run"', '"kind":"run","__proto__":{"a":1}'), '__proto__'],
    ['without an end of a line', journal.slice(0, 300), 'begins with a line of kind'],
    ['with figures beyond all measure', journal.replace(/"value":[^,]+/g, '"value":1e999'), 'refused'],
  ])('%s is refused', async (_, text, finding) => {
    await upload(server, writePlan(server), [{ folder: writeRun(text) }]);
    await expectRefusal(finding);
  });

  it('brings no markup, mention or workflow command into comment, summary or log', async () => {
    const evil = '</td><script>x</script> @everyone [a](http://evil.example) ::error::x \u001b[31m';
    const text = change((run) => ({
      ...run,
      header: { ...run.header, versions: { ...run.header.versions, netperf: evil } },
      end: { ...(run.end as NonNullable<Run['end']>), status: 'partial', reason: `${evil}\n# evil` },
    }));
    await upload(server, writePlan(server), [{ folder: writeRun(text) }]);
    const { outputs, summary, warnings } = await runStep(server);
    for (const said of [...listComments(server), summary]) {
      expect(said).not.toMatch(/<script|@everyone|\]\(http:\/\/evil|^# evil/m);
      expect(said).not.toContain('\u001b');
    }
    expect(stripControls([outputs['gate-sentence'], ...warnings].join())).toBe(outputs['gate-sentence']);
  });

  it('says little even where it says much', async () => {
    const name = `x\n::error::\u001b[31m${'y'.repeat(1e6)}`;
    await upload(server, writePlan(server), [
      { folder: writeRun(changeHeader({ candidate: { ...header.candidate, profile: name } })) },
    ]);
    const { outputs, summary } = await runStep(server);
    const sentence = outputs['gate-sentence'] ?? '';
    expect(sentence.length).toBeLessThan(500);
    expect(stripControls(sentence)).toBe(sentence);
    expect(summary.length).toBeLessThan(5000);
  });
});

describe('a plan', () => {
  it('cannot aim the comment at another pull request', async () => {
    await upload(server, writePlan(server, { change: { pullRequest: 8 } }), [{ folder: writeRun(journal) }]);
    await runStep(server);
    expect(listComments(server, 8)).toEqual([]);
    expect(listComments(server)).toHaveLength(1);
    expect(listComments(server)[0]).toContain('"pullRequest":7');
  });

  it('for another commit is refused, and its check run is not touched', async () => {
    const headSha = server.sha('other');
    await upload(server, writePlan(server, { change: { headSha } }), [{ folder: writeRun(journal) }]);
    const { outputs, warnings } = await runStep(server);
    expect(outputs).toMatchObject({ verdict: 'none', 'gate-result': 'failure' });
    expect(warnings).toEqual([expect.stringContaining(`The plan is for commit ${headSha}`)]);
    expect(listCheckRuns(server)).toMatchObject([{ headSha: server.sha('tune') }]);
  });

  it('for another repository is refused', async () => {
    await upload(server, writePlan(server, { change: { repository: { owner: 'acme', name: 'other' } } }), []);
    expect((await runStep(server)).warnings).toEqual([expect.stringContaining('acme/other')]);
  });

  it('with an unknown field is refused', async () => {
    const folder = writePlan(server);
    const path = join(folder, 'request.json');
    writeFileSync(path, readFileSync(path, 'utf8').replace('{', '{"verdict":"improved",'));
    await upload(server, folder, [{ folder: writeRun(journal) }]);
    const { outputs, warnings } = await runStep(server);
    expect(outputs).toMatchObject({ 'gate-result': 'failure' });
    expect(warnings).toEqual([expect.stringContaining('verdict')]);
  });

  it('of a later attempt, which no job of this one can have made, is not looked at', async () => {
    await upload(server, writePlan(server), [{ folder: writeRun(journal) }]);
    await upload(server, writePlan(server, { change: { hosts: ['evil'] } }), [], 40, 2);
    expect((await runStep(server)).outputs).toMatchObject({ verdict: 'improved' });
  });
});

describe('a pull request that has moved on', () => {
  it('is told which commit the result is about', async () => {
    const event = {
      ...({ kind: 'pull-request', action: 'opened', number: 7, sender: 'mallory' } as const),
      headSha: server.sha('tune'),
    };
    await upload(server, writePlan(server), [{ folder: writeRun(journal) }]);
    const newer = server.push(7, { name: 'more', change: { 'tuned.yaml': 'name: other\n' } });
    await runStep(server, { event });
    expect(listComments(server)).toMatchObject([expect.stringContaining(`has moved on to ${newer.slice(0, 7)}`)]);
    expect(listCheckRuns(server)).toMatchObject([{ headSha: server.sha('tune') }]);
  });
});
