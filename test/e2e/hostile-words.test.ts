import { existsSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { before, harmless } from './changes.ts';
import { allJobs, expectJobs, listReports, readCheck, readReport, resultOf } from './findings.ts';
import { createRig, onPull, type Rig } from './rig.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await createRig(before);
});
afterAll(() => rig.close());
beforeEach(() => expect(existsSync('/tmp/tunegate-owned')).toBe(false));

const title =
  '"; touch /tmp/tunegate-owned; # $(touch /tmp/tunegate-owned) ::set-output name=should-measure::true\n@everyone <img src=x> | x |';
// biome-ignore lint/suspicious/noTemplateCurlyInString: for a shell.
const branch = 'x;touch${IFS}/tmp/tunegate-owned;`id`';

it('a title and a branch name that are commands are text', async () => {
  const pull = await rig.openPull(harmless, { title, branch });
  const run = await rig.run({ ...onPull('opened', pull), host: 'steady' });
  expectJobs(run, allJobs);
  for (const job of allJobs) expect(resultOf(run, job), run.log).toBe('success');
  expect(existsSync('/tmp/tunegate-owned')).toBe(false);
  expect(readReport(rig, pull)).not.toMatch(/@everyone|<img/);
});

it('a host in foreign hands can neither command the runner nor draw in the report, nor choose its pull request', async () => {
  const bystander = await rig.openPull({ 'README.md': 'Words.\n' }, { branch: 'bystander' });
  const pull = await rig.openPull(harmless, { branch: 'measured' });
  const run = await rig.run({ ...onPull('opened', pull), host: 'hostile' });
  expectJobs(run, allJobs);
  const report = readReport(rig, pull);
  expect(report).not.toMatch(/<img|\u202e|^# @everyone|!\[x\]\(https/m);
  expect(report).not.toMatch(/[^\w`\\]@everyone/);
  expect(report).not.toContain('root:');
  expect(listReports(rig, bystander)).toEqual([]);
  expect(readCheck(rig, pull.headSha)).toMatchObject({ status: 'completed', conclusion: 'failure' });
});
