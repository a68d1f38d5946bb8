import { afterEach, describe, expect, it } from 'vitest';
import { parsePlan } from '../../../src/plans/parse-plan.ts';
import { parseResolvedProfile } from '../../../src/profiles/resolve-profile.ts';
import { buildCommentEvent, buildPullEvent } from '../../fakes/github-server/events.ts';
import type { GitHubServer } from '../../fakes/github-server/server.ts';
import { type PullOptions, plan, profile, readShipped, runPlanAction, startLab } from './plan-room.ts';

let server: GitHubServer;
afterEach(async () => {
  expect(server.violations).toEqual([]);
  await server.close();
});

const shipped = await readShipped();
const tuned = shipped[profile('tuned')] ?? '';
const pinned = tuned.replace('guest.docker.cpuset: "1"', 'guest.docker.cpuset: "0"');

async function planPull(options: PullOptions, inputs: Readonly<Record<string, string>> = {}, action = 'opened') {
  server = await startLab(options);
  return runPlanAction(server, {
    eventName: 'pull_request_target',
    event: buildPullEvent(server, action, 7),
    inputs,
  });
}

describe('plan of a pull request', () => {
  it('measures a changed profile at the merge base against the head', async () => {
    const { outputs, request, files, uploaded } = await planPull({ change: { [profile('tuned')]: pinned } });
    expect(request).toEqual({
      schema: 'tunegate.request/1',
      repository: { owner: 'acme', name: 'lab' },
      trigger: 'pull-request',
      pullRequest: 7,
      baseSha: server.sha('base'),
      headSha: server.sha('tune'),
      approvedBy: null,
      plan: { name: 'smoke', sha256: expect.stringMatching(/^[0-9a-f]{64}$/), source: 'default-branch' },
      hosts: ['tuned'],
      comparisons: [
        {
          name: 'tuned',
          change: 'modified',
          baseline: { profile: 'tuned', sha256: expect.any(String), revision: server.sha('base') },
          candidate: { profile: 'tuned', sha256: expect.any(String), revision: server.sha('tune') },
          parameterDifference: [
            { parameter: 'guest.docker.cpuset', layer: 'guest', baseline: '1', candidate: '0', applied: true },
          ],
          regime: 'deployment',
          cells: 42,
          deployments: 4,
          samples: 1,
          estimatedSeconds: expect.any(Number),
          detectableChange: null,
          notes: [],
        },
      ],
      shouldMeasure: true,
      reason: null,
      notes: [],
    });
    expect(outputs).toMatchObject({
      'should-measure': 'true',
      reason: '',
      matrix: '{"include":[{"host":"tuned","comparison":"tuned"}]}',
      'artifact-name': 'tunegate-plan-2',
      'pull-request': '7',
      'base-sha': server.sha('base'),
      'head-sha': server.sha('tune'),
      regime: 'deployment',
      'estimated-minutes': String(Math.ceil((request?.comparisons[0]?.estimatedSeconds ?? 0) / 60)),
    });
    expect(uploaded).toEqual(['tunegate-plan-2']);
    expect(Object.keys(files)).toEqual([
      'request.json',
      'tuned/baseline.yaml',
      'tuned/candidate.yaml',
      'tuned/plan.yaml',
    ]);
  });

  it('writes files that stand alone, with the hashes that the request names', async () => {
    const { request, files } = await planPull({ change: { [profile('tuned')]: pinned } });
    const read = (side: string) =>
      parseResolvedProfile({ text: files[`tuned/${side}.yaml`] ?? '', fileName: `${side}.yaml` });
    const [baseline, candidate] = [await read('baseline'), await read('candidate')];
    expect(baseline.sha256).toBe(request?.comparisons[0]?.baseline?.sha256);
    expect(candidate.sha256).toBe(request?.comparisons[0]?.candidate?.sha256);
    expect(candidate.parameters['guest.docker.address']).toBe('198.18.0.16');
    expect(parsePlan(files['tuned/plan.yaml'] ?? '', 'plan.yaml', null)).toMatchObject({
      name: 'smoke',
      deployments: 4,
    });
  });

  it('sees a changed parent in those who extend it, own file first, and leaves out what is too many', async () => {
    const stock = (shipped[profile('stock')] ?? '').replace('198.18.0.16', '198.18.0.17');
    const { request, outputs } = await planPull(
      { change: { [profile('stock')]: stock } },
      { comparisons: '2', hosts: 'stock, tuned' },
    );
    expect(request?.comparisons.map(({ name }) => name)).toEqual([
      'stock',
      'thesis-stock',
      'thesis-tuned',
      'thesis-tuned-literal',
      'tuned',
    ]);
    expect(JSON.parse(outputs.matrix ?? '')).toEqual({
      include: [
        { host: 'stock', comparison: 'stock' },
        { host: 'tuned', comparison: 'stock' },
        { host: 'stock', comparison: 'thesis-stock' },
        { host: 'tuned', comparison: 'thesis-stock' },
      ],
    });
    expect(request?.comparisons[4]).toMatchObject({ baseline: null, candidate: null });
    expect(request?.comparisons[4]?.notes[0]).toContain('Not measured: a request measures at most 2 profiles');
  });

  it('compares a new profile with stock, or with what it names, as the merge base has them', async () => {
    const fresh = (more: string) => `extends: stock\n${more}parameters:\n  guest.docker.cpuset: "0"\n`;
    const { request } = await planPull({
      change: {
        [profile('fresh')]: `name: fresh\n${fresh('')}`,
        [profile('other')]: `name: other\n${fresh('compareTo: tuned\n')}`,
      },
    });
    expect(request?.comparisons).toMatchObject([
      { name: 'fresh', change: 'added', baseline: { profile: 'stock', revision: server.sha('base') } },
      { name: 'other', change: 'added', baseline: { profile: 'tuned' }, candidate: { profile: 'other' } },
    ]);
    expect(request?.comparisons[1]?.notes[0]).toBe('The profile other is new here, it is compared with tuned.');
  });

  it('has nothing to measure for a deleted profile', async () => {
    const { request, outputs, files } = await planPull({ change: { [profile('tuned')]: null } });
    expect(request).toMatchObject({ shouldMeasure: false, reason: 'nothing-to-compare' });
    expect(request?.comparisons).toMatchObject([
      {
        name: 'tuned',
        change: 'deleted',
        baseline: null,
        candidate: null,
        notes: [expect.stringContaining('is deleted')],
      },
    ]);
    expect(outputs).toMatchObject({
      'should-measure': 'false',
      reason: 'nothing-to-compare',
      matrix: '{"include":[]}',
    });
    expect(Object.keys(files)).toEqual(['request.json']);
  });

  it('takes a renamed profile for a deleted and a new one', async () => {
    const { request } = await planPull({
      change: { [profile('tuned')]: null, [profile('tuned-two')]: tuned.replace('name: tuned', 'name: tuned-two') },
    });
    expect(request?.comparisons).toMatchObject([
      { name: 'tuned', change: 'deleted' },
      { name: 'tuned-two', change: 'added', baseline: { profile: 'stock' } },
    ]);
  });

  it.each([
    ['no tuning files', { 'src/main.c': 'int main;\n' }, 'no-tuning-files', []],
    [
      'an edit of a comment',
      { [profile('tuned')]: `# Better.\n${tuned}` },
      'nothing-to-compare',
      ['The file of the profile tuned changed, but the profile sets the same as before.'],
    ],
    ['another plan', { [plan('ci')]: `# Better.\n${shipped[plan('ci')]}` }, 'nothing-to-compare', []],
    [
      'a kernel fragment',
      { 'runner-setup/kernels/rt.config': 'CONFIG_PREEMPT_RT=y\n' },
      'nothing-to-compare',
      ['Not measured: runner-setup/kernels/rt.config, as nothing builds kernels from fragments yet.'],
    ],
  ])('%s: nothing to measure, and why', async (_, change, reason, notes) => {
    const { request, outputs } = await planPull({ change });
    expect(request).toMatchObject({ shouldMeasure: false, reason, notes });
    expect(outputs['should-measure']).toBe('false');
  });

  it('does not measure what the plan does not apply', async () => {
    const { request } = await planPull({
      change: {
        [profile('thesis-tuned')]: (shipped[profile('thesis-tuned')] ?? '').replace('max_cstate: 1', 'max_cstate: 2'),
      },
    });
    expect(request).toMatchObject({ shouldMeasure: false, reason: 'nothing-to-compare' });
    expect(request?.comparisons[0]?.notes).toEqual([
      'Not measured: the plan smoke (layers guest; guests docker, qemu, bare) applies nothing of what changed: host-boot.max_cstate.',
    ]);
  });

  it('measures by the plan of the head where the pull request changes it, else by that of the default branch', async () => {
    const longer = (shipped[plan('smoke')] ?? '').replace('deployments: 4', 'deployments: 6');
    const changed = await planPull({ change: { [profile('tuned')]: pinned, [plan('smoke')]: longer } });
    expect(changed.request).toMatchObject({ plan: { source: 'pull-request' }, comparisons: [{ deployments: 6 }] });
    await server.close();
    const moved = await planPull({ change: { [profile('tuned')]: pinned }, later: { [plan('smoke')]: longer } });
    expect(moved.request).toMatchObject({ plan: { source: 'default-branch' }, comparisons: [{ deployments: 6 }] });
  });

  it('survives an interface that fails every second time', async () => {
    server = await startLab({ change: { [profile('tuned')]: pinned } });
    server.misbehave({ kind: 'bad-gateway', every: 2 });
    const event = buildPullEvent(server, 'opened', 7);
    const { request } = await runPlanAction(server, { eventName: 'pull_request_target', event });
    expect(request?.shouldMeasure).toBe(true);
  });

  it.each([1, 2, 4, 5])('does not take a wrong "not found" (number %i) for files that are deleted', async (number) => {
    server = await startLab({ change: { [profile('tuned')]: pinned } });
    const event = buildPullEvent(server, 'opened', 7);
    // Folders are asked for in this order: plans at base, head and tip, profiles at base and head.
    const operation = 'repos/get-content';
    server.misbehave({ kind: 'slow', operation, delayMilliseconds: 0, times: number - 1 });
    server.misbehave({ kind: 'not-found', operation, times: 1 });
    await expect(runPlanAction(server, { eventName: 'pull_request_target', event })).rejects.toThrow(
      /GitHub's answers contradict each other: runner-setup\/.* differs, but is not among the changed files/,
    );
  });

  it('only asks, and never for more than it may read', async () => {
    await planPull({ change: { [profile('tuned')]: pinned } });
    expect(new Set(server.requests.map(({ method }) => method))).toEqual(new Set(['GET']));
    // There is no branch of nights yet.
    const refused = server.requests.filter(({ status }) => status !== 200);
    expect(refused.map(({ operation, status }) => [operation, status])).toEqual([['git/get-ref', 404]]);
    // A file that is the same on both sides is read once.
    expect(server.requests.length).toBeLessThan(25);
  });
});

describe('plan of files that are not in order', () => {
  const longLine = `name: tuned\ndescription: ${'x'.repeat(300_000)}\n`;
  it.each([
    [
      'a wrong value',
      { [profile('tuned')]: pinned.replace('cpuset: "0"', 'cpuset: fast') },
      /^runner-setup\/profiles\/tuned\.yaml:\d+:\d+: guest\.docker\.cpuset must be .*, found "fast"/,
    ],
    [
      'an unknown parameter',
      { [profile('evil')]: 'name: evil\nparameters:\n  host.run: "rm -rf /"\n' },
      /evil\.yaml:3:3: unknown parameter "host\.run"/,
    ],
    [
      'a prototype',
      { [profile('evil')]: 'name: evil\nparameters:\n  __proto__: {a: 1}\n' },
      /evil\.yaml:3:3: the key "__proto__" is not accepted/,
    ],
    [
      'a bomb of aliases',
      { [profile('evil')]: 'name: &a evil\nparameters: [*a, *a]\n' },
      /anchors and aliases are not accepted/,
    ],
    [
      'another name than the file',
      { [profile('evil')]: 'name: stock\n' },
      /name must be "evil" like the file's, found "stock"/,
    ],
    [
      'a file that is too large',
      { [profile('tuned')]: longLine },
      /the file has 300\d+ bytes, at most 262144 are accepted/,
    ],
    [
      'bytes that are no text',
      { [profile('tuned')]: Buffer.from('name: \xff', 'latin1') },
      /the file is not text in UTF-8/,
    ],
    ['a link', { [profile('tuned')]: { symlink: '../../README.md' } }, /this is no regular file/],
    ['a submodule', { [profile('evil')]: { submodule: 'd'.repeat(40) } }, /evil\.yaml: this is no regular file/],
    [
      'a file name with a path in disguise',
      { [profile('x%2f..%2f..%2fetc')]: 'name: a\n' },
      /the name of a file must be lower-case words/,
    ],
    [
      'a name in letters that only look alike',
      { [profile('tun\u0435d')]: tuned },
      /the name of a file must be lower-case words/,
    ],
    [
      'a name with a workflow command',
      { [profile('x\n::set-output name=should-measure::true')]: tuned },
      /profiles\/x\?::set-output/,
    ],
    [
      'a parent that is not there',
      { [profile('evil')]: 'name: evil\nextends: nobody\n' },
      /there is no profile "nobody"/,
    ],
    ['a deleted parent', { [profile('stock')]: null }, /extends: there is no profile "stock"/],
    ['a circle', { [profile('stock')]: 'name: stock\nextends: tuned\n' }, /extends leads in a circle/],
    [
      'nothing to compare with',
      { [profile('evil')]: 'name: evil\ncompareTo: absent\n' },
      /the new profile evil has nothing to be compared with: compareTo names absent: there is no profile "absent"/,
    ],
    [
      'a plan that is wrong',
      { [plan('smoke')]: (shipped[plan('smoke')] ?? '').replace('[guest]', '[all]'), [profile('tuned')]: pinned },
      /smoke\.yaml:\d+:10: layers\[0\] must be host-boot, host, daemon or guest, found "all"/,
    ],
    ['another plan that is wrong', { [plan('mine')]: 'name: mine\n' }, /mine\.yaml:1:1: description is missing/],
    [
      'a deleted plan',
      { [plan('smoke')]: null, [profile('tuned')]: pinned },
      /the plan "smoke", by which is measured, is deleted/,
    ],
    [
      'layers that cannot be switched',
      {
        [plan('smoke')]: (shipped[plan('smoke')] ?? '').replace('[guest]', '[host, guest]'),
        [profile('tuned')]: pinned,
      },
      /plan smoke: layers are host, guest/,
    ],
    [
      'a plan that takes days',
      {
        [plan('smoke')]: (shipped[plan('smoke')] ?? '').replace('seconds: 1', 'seconds: 3600'),
        [profile('tuned')]: pinned,
      },
      /measuring this would take about \d+ minutes on each host, at most 360/,
    ],
    [
      'a kernel of its own',
      { [profile('tuned')]: `${pinned}  guest.qemu.kernel: /home/mallory/vmlinux\n` },
      /guest\.qemu\.kernel names \/home\/mallory\/vmlinux on the host/,
    ],
  ])('%s: red, with a sentence', async (_, change, sentence) => {
    const { request, outputs, files, log } = await planPull({ change });
    expect(request).toMatchObject({ shouldMeasure: false, reason: 'invalid-files' });
    expect(request?.notes.some((note) => sentence.test(note))).toBe(true);
    expect(request?.notes.every((note) => !/\p{Cc}/u.test(note))).toBe(true);
    expect(outputs).toMatchObject({ 'should-measure': 'false', reason: 'invalid-files', matrix: '{"include":[]}' });
    expect(Object.keys(files)).toEqual(['request.json']);
    expect(log).toMatch(/^::stop-commands::([0-9a-f-]{36})\n[\s\S]*\n::\1::\n$/);
  });

  it('refuses a folder with more files than anybody needs', async () => {
    const many = Object.fromEntries(Array.from({ length: 201 }, (_, index) => [profile(`p${index}`), 'x']));
    const { request } = await planPull({ change: many });
    expect(request?.notes[0]).toMatch(/^runner-setup\/profiles has 206 entries, 206 of them \.yaml; /);
  });

  it('does not blame a pull request for what was wrong before', async () => {
    const { request } = await planPull({
      files: { [profile('broken')]: 'name: broken\nparameters: 7\n' },
      change: { [profile('tuned')]: pinned },
    });
    expect(request).toMatchObject({ shouldMeasure: true, reason: null });
    expect(request?.notes[0]).toMatch(
      /^The profile broken was not in order before this change either: .*broken\.yaml:2:13/,
    );
  });

  it('takes a path on the host that the default branch names, or that the workflow allows', async () => {
    const own = `${pinned}  guest.qemu.kernel: /srv/kernels/own\n`;
    const custom = 'name: custom\nparameters:\n  guest.qemu.kernel: /srv/kernels/own\n';
    const known = await planPull({ change: { [profile('tuned')]: own }, later: { [profile('custom')]: custom } });
    expect(known.request?.shouldMeasure).toBe(true);
    await server.close();
    const allowed = await planPull(
      { change: { [profile('tuned')]: own } },
      { 'host-paths': '/srv/other\n/srv/kernels/own\n' },
    );
    expect(allowed.request?.shouldMeasure).toBe(true);
  });
});

describe('plan for hosts that can be booted', () => {
  const lab = { inventory: 'lab', hosts: 'stock,tuned' };
  const own = 'name: own\nextends: stock\nparameters:\n  guest.docker.cpuset: "1"\n';
  const withLayers = (layers: string) => ({
    [profile('own')]: own,
    [plan('smoke')]: (shipped[plan('smoke')] ?? '')
      .replace('[guest]', `[${layers}]`)
      .replace(/guests: .*/, 'guests: [docker]'),
  });
  const boots = (line: string) => ({
    files: withLayers('host-boot'),
    change: { [profile('own')]: `${own}  ${line}\n` },
  });

  it('takes every layer, one job for each host, and counts what boots cost', async () => {
    const { request, outputs } = await planPull(boots('host-boot.isolcpus: "1"'), lab);
    expect(request).toMatchObject({ shouldMeasure: true, reason: null, hosts: ['stock', 'tuned'] });
    expect(JSON.parse(outputs.matrix ?? '')).toEqual({
      include: [
        { host: 'stock', comparison: 'own' },
        { host: 'tuned', comparison: 'own' },
      ],
    });
    expect(outputs.regime).toBe('boot');
    // Four boots a side and the one back, three minutes each, before anything is measured.
    expect(Number(outputs['estimated-minutes'])).toBeGreaterThanOrEqual(27);
  });

  it('does not ask a runner to boot its own machine', async () => {
    const { request } = await planPull(boots('host-boot.isolcpus: "1"'), { hosts: 'tuned' });
    expect(request).toMatchObject({ shouldMeasure: false, reason: 'invalid-files' });
    expect(request?.notes[0]).toMatch(/^plan smoke: layers are host-boot, but the topology embedded can switch/);
  });

  it.each([
    ['another first program', 'host-boot.isolcpus: "1 init=/bin/sh"'],
    ['another line of the menu', 'host-boot.isolcpus: "1\\nlinux /evil"'],
    ['the end of the entry', 'host-boot.rcu_nocbs: "1 } menuentry x {"'],
    ['a variable of the boot loader', 'host-boot.transparent_hugepage: $root'],
    ['a command substitution', 'host-boot.irqaffinity: "$(reboot)"'],
    ['a kernel by its path', 'host-boot.kernel: ../../tmp/vmlinuz'],
    ['a word that is no parameter', 'host-boot.init: /bin/sh'],
    ['another root file system', 'host-boot.root: /dev/sdz'],
    ['words as they come', 'host-boot.cmdline: "init=/bin/sh"'],
  ])('lets no pull request write to a boot menu: %s', async (_, line) => {
    const { request, files } = await planPull(boots(line), lab);
    expect(request).toMatchObject({ shouldMeasure: false, reason: 'invalid-files' });
    expect(request?.notes[0]).toMatch(/own\.yaml:5:/);
    expect(Object.keys(files)).toEqual(['request.json']);
  });
});

describe('plan and approval', () => {
  const byStranger = { change: { [profile('tuned')]: pinned }, author: 'mallory' };
  const byComment = async (author: string, body: string) =>
    runPlanAction(server, { eventName: 'issue_comment', event: buildCommentEvent(server, 7, { author, body }) });

  it('says what would be measured of a stranger, and that somebody must approve', async () => {
    const { request, outputs } = await planPull(byStranger);
    expect(request).toMatchObject({ shouldMeasure: false, reason: 'needs-approval', approvedBy: null });
    expect(request?.comparisons).toMatchObject([{ name: 'tuned', change: 'modified' }]);
    expect(request?.notes[0]).toContain(`comment \`/tunegate run ${server.sha('tune')}\``);
    expect(outputs).toMatchObject({ 'should-measure': 'false', matrix: '{"include":[]}' });
  });

  it('takes the approval of a maintainer for the head, with more fresh starts', async () => {
    server = await startLab(byStranger);
    const { request } = await byComment('colleague', `/tunegate run ${server.sha('tune')} --deployments 10`);
    expect(request).toMatchObject({ trigger: 'comment', approvedBy: 'colleague', shouldMeasure: true });
    expect(request?.comparisons[0]?.deployments).toBe(10);
  });

  it('takes the label, but not of somebody who may only triage', async () => {
    server = await startLab(byStranger);
    const byLabel = (sender: string) =>
      runPlanAction(server, {
        eventName: 'pull_request_target',
        event: buildPullEvent(server, 'labeled', 7, { sender, label: 'tunegate:run' }),
      });
    expect((await byLabel('colleague')).request).toMatchObject({ trigger: 'label', approvedBy: 'colleague' });
    expect((await byLabel('triager')).outputs).toMatchObject({
      reason: 'ignored',
      message: expect.stringContaining('triager has no write permission'),
    });
  });

  it('lets a push end the approval', async () => {
    server = await startLab(byStranger);
    const approved = server.sha('tune');
    const labelled = buildPullEvent(server, 'labeled', 7, { sender: 'owner', label: 'tunegate:run' });
    server.push(7, { name: 'more', change: { [profile('tuned')]: tuned } });
    const late = await byComment('owner', `/tunegate run ${approved}`);
    expect(late.request).toBeNull();
    expect(late.uploaded).toEqual([]);
    expect(late.outputs).toMatchObject({
      'should-measure': 'false',
      reason: 'ignored',
      message: expect.stringContaining('only the head can be approved'),
      'plan-directory': '',
    });
    const lateLabel = await runPlanAction(server, { eventName: 'pull_request_target', event: labelled });
    expect(lateLabel.outputs.reason).toBe('ignored');
    const push = await runPlanAction(server, {
      eventName: 'pull_request_target',
      event: buildPullEvent(server, 'synchronize', 7, { before: approved }),
    });
    expect(push.request).toMatchObject({ headSha: server.sha('more'), shouldMeasure: false });
  });

  it('needs no approval where there is nothing to measure', async () => {
    const { request } = await planPull({ change: { 'README.md': 'Better.\n' }, author: 'mallory' });
    expect(request).toMatchObject({ reason: 'no-tuning-files' });
  });

  it.each([
    ['mallory', 'SHA', 'mallory has no write permission here'],
    ['owner', 'HEAD', 'The command is not understood'],
  ])('ignores the command of %s for %s', async (author, sha, sentence) => {
    server = await startLab(byStranger);
    const body = `/tunegate run ${sha === 'SHA' ? server.sha('tune') : sha}`;
    expect((await byComment(author, body)).outputs).toMatchObject({
      reason: 'ignored',
      message: expect.stringContaining(sentence),
    });
  });
});

describe('plan without a pull request', () => {
  const night = (inputs: Readonly<Record<string, string>> = {}) =>
    runPlanAction(server, { eventName: 'schedule', event: { schedule: '0 3 * * *' }, inputs });

  it('compares the two profiles that the inputs name', async () => {
    server = await startLab({ change: {} });
    const { request, outputs } = await night({ plan: 'full', deployments: '5', hosts: 'a,b' });
    expect(request).toMatchObject({
      trigger: 'schedule',
      pullRequest: null,
      baseSha: server.sha('later'),
      headSha: server.sha('later'),
      shouldMeasure: true,
      comparisons: [
        {
          name: 'tuned',
          change: 'none',
          baseline: { profile: 'stock' },
          candidate: { profile: 'tuned' },
          deployments: 5,
        },
      ],
    });
    expect(outputs).toMatchObject({
      'pull-request': '',
      matrix: '{"include":[{"host":"a","comparison":"tuned"},{"host":"b","comparison":"tuned"}]}',
    });
  });

  it('measures a profile against itself when asked to', async () => {
    server = await startLab({ change: {} });
    const { request } = await night({ candidate: 'stock' });
    expect(request?.shouldMeasure).toBe(true);
    expect(request?.comparisons[0]?.notes[0]).toContain('this is an A/A comparison');
  });

  it.each([
    [{ plan: 'fulll' }, 'there is no plan "fulll" (did you mean "full"?)'],
    [{ candidate: 'tund' }, 'there is no profile "tund" (did you mean "tuned"?)'],
  ])('%j fails with a sentence', async (inputs, sentence) => {
    server = await startLab({ change: {} });
    await expect(night(inputs)).rejects.toThrow(sentence);
  });
});
