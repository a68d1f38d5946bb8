import { existsSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { before, profilePath, tune } from './changes.ts';
import { expectJobs, readCheck, readReport, resultOf } from './findings.ts';
import { createRig, onPull, type Rig } from './rig.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await createRig(before);
});
afterAll(() => rig.close());

const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghij'
  .split('')
  .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[index]}`).join(',')}]\n`)
  .join('')}`;

const profiles: readonly (readonly [string, string])[] = [
  ['something that is no parameter', tune({ 'guest.docker.privileged': 'true' })[profilePath('tuned')] ?? ''],
  [
    'an option for a shell',
    tune({ 'guest.docker.cpuset': '"1; touch /tmp/tunegate-owned"' })[profilePath('tuned')] ?? '',
  ],
  ['a path', 'name: tuned\ndescription: x\nextends: ../../../etc/passwd\nparameters: {}\n'],
  ['aliases that multiply', bomb],
  ['a file that is too long', `name: tuned\ndescription: x\n# ${'x'.repeat(600_000)}\nparameters: {}\n`],
  [
    'a kernel of its own',
    'name: tuned\ndescription: x\nextends: stock\nparameters:\n  guest.qemu.kernel: /tmp/bzImage\n',
  ],
];

it('profiles with things that are no settings are refused, and each is named', async () => {
  const change = Object.fromEntries(
    profiles.map(([, text], index) => [
      profilePath(`hostile-${index}`),
      text.replace('name: tuned', `name: hostile-${index}`),
    ]),
  );
  const pull = await rig.openPull(change, { branch: 'hostile' });
  const run = await rig.run(onPull('opened', pull));
  expectJobs(run, ['plan', 'announce', 'report', 'gate']);
  expect(resultOf(run, 'gate'), run.log).toBe('failure');
  const report = readReport(rig, pull);
  for (const index of profiles.keys()) expect(report).toContain(`hostile-${index}`);
  expect(readCheck(rig, pull.headSha)).toMatchObject({ status: 'completed', conclusion: 'failure' });
  expect(existsSync('/tmp/tunegate-owned')).toBe(false);
});

it('workflows, actions and bundles of the pull request are not what runs', async () => {
  const evil = "import { writeFileSync } from 'node:fs'; writeFileSync('/tmp/tunegate-owned', '');\n";
  const pull = await rig.openPull(
    {
      'actions/dist/plan/main.js': evil,
      'actions/dist/report/main.js': evil,
      '.github/workflows/tuning-pr.yml': 'on: pull_request_target\njobs: {}\n',
    },
    { branch: 'code' },
  );
  const run = await rig.run(onPull('opened', pull));
  expectJobs(run, ['plan', 'announce', 'report', 'gate']);
  expect(existsSync('/tmp/tunegate-owned')).toBe(false);
});
