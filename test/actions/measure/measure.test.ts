import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readMeasureInputs } from '../../../actions/measure/inputs.ts';
import { runMeasure } from '../../../actions/measure/run.ts';
import { ConfigurationError, InterruptionError, MeasurementError } from '../../../src/errors.ts';
import { runPost } from '../../../src/github/action-entry.ts';
import { measureRequestSchema } from '../../../src/hosts/root-requests.schema.ts';
import { listPostSteps } from '../../../src/hosts/root-step.ts';
import { buildRun, renderJournal } from '../../comparison/build-run.ts';
import { createFakeWorld } from '../fake-root-program.ts';
import { profileTexts, tinyPlan, writePlanDirectory } from '../plan-directory.ts';

let folder: string;
let journal: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plan-'));
  journal = join(folder, 'run.jsonl');
  await writeFile(journal, renderJournal(buildRun()));
  await writePlanDirectory(folder);
});

const inputs = (change: object = {}) => ({
  ...{ planDirectory: folder, comparison: 'tuned', host: 'stock', inventory: null, waitSeconds: 60 },
  ...change,
});
const measured = () => `cp '${journal}' "$run/run.jsonl"; ln -s /etc/shadow "$run/logs/shadow"`;

describe('the action measure', () => {
  it('measures a comparison, uploads the run and says where it is', async () => {
    const { world, outputs, uploads, state, readCalls, readDocument } = await createFakeWorld({ measure: measured() });
    await runMeasure(inputs(), world);
    const { plan, baseline, candidate, options } = measureRequestSchema.parse(await readDocument());
    expect({ plan, baseline, candidate, options }).toEqual({
      ...{ plan: tinyPlan, ...profileTexts },
      options: { waitSeconds: 60 },
    });
    const name = 'tunegate-run-stock-tuned-2';
    const target = join(world.temporaryFolder, name);
    expect(Object.fromEntries(outputs)).toEqual({ 'run-directory': target, 'artifact-name': name, status: 'complete' });
    expect(uploads).toEqual([{ name, folder: target }]);
    expect((await readdir(target)).sort()).toEqual(['logs', 'run.jsonl']);
    expect(await readdir(join(target, 'logs'))).toEqual([]);
    const [call, ...others] = await readCalls();
    expect(call).toMatch(/^measure measure-4711-2-[0-9a-f]{8}$/);
    expect(others).toEqual([]);
    expect(state.get('ended')).toBe('true');
  });

  it('fetches the plan directory where none is named', async () => {
    const { world, outputs } = await createFakeWorld({ measure: measured() });
    await runMeasure(inputs({ planDirectory: null }), { ...world, fetchPlan: async () => folder });
    expect(outputs.get('status')).toBe('complete');
  });

  it('names a host of an inventory that root keeps, where the plan may treat every layer', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'boots-'));
    await writePlanDirectory(directory, { plan: tinyPlan.replace('[guest]', '[guest, host-boot]') });
    const { world, readDocument } = await createFakeWorld({ measure: measured() });
    await runMeasure(inputs({ planDirectory: directory, inventory: 'lab' }), world);
    const { host } = measureRequestSchema.parse(await readDocument());
    expect(host).toEqual({ inventory: 'lab', machine: 'stock' });
  });

  it('uploads a run of which nothing can be compared, and fails with what the program said', async () => {
    const fail = `${measured()}; echo 'tunegate-root: nothing can be compared' >&2; exit 1`;
    const { world, uploads } = await createFakeWorld({ measure: fail });
    const measuring = runMeasure(inputs(), world);
    await expect(measuring).rejects.toThrow(MeasurementError);
    await expect(measuring).rejects.toThrow(/^nothing can be compared$/);
    expect(uploads).toHaveLength(1);
  });

  it('calls a run partial that has no last line', async () => {
    const cut = `head -n 3 '${journal}' >"$run/run.jsonl"`;
    const { world, outputs } = await createFakeWorld({ measure: cut });
    await runMeasure(inputs(), world);
    expect(outputs.get('status')).toBe('partial');
  });

  it('fails as a wrong request where the program refuses it, with nothing uploaded', async () => {
    const { world, uploads } = await createFakeWorld({ measure: "echo 'tunegate-root: no such guest' >&2; exit 2" });
    await expect(runMeasure(inputs(), world)).rejects.toThrow(ConfigurationError);
    expect(uploads).toEqual([]);
  });

  it('keeps what the program says from steering the runner', async () => {
    const evil = 'printf "::set-output name=status::complete\\n::error::owned"';
    const { world, said } = await createFakeWorld({ measure: `${evil}; ${measured()}` });
    await runMeasure(inputs(), world);
    const [, token] = /^::stop-commands::([0-9a-f-]{36})\n/.exec(said.text) ?? [];
    expect(said.text).toMatch(/^::stop-commands::\S+\n::set-output name=status::complete\n::error::owned\n::\S+::\n$/);
    expect(said.text.endsWith(`\n::${token}::\n`)).toBe(true);
  });

  it('ends the run when the step is cancelled, and leaves the rest to the post', async () => {
    const verbs = {
      measure: `echo $$ >"$base/pid"; trap "echo stopping; cp '${journal}' '$run/run.jsonl'; exit 130" TERM; sleep 30 >/dev/null 2>&1 & wait`,
      stop: 'kill -TERM "$(cat "$base/pid")"',
    };
    const { base, world, post, state, outputs, uploads, cancellation, readCalls } = await createFakeWorld(verbs);
    const measuring = runMeasure(inputs(), world);
    await expect.poll(() => readFile(join(base, 'pid'), 'utf8').catch(() => '')).not.toBe('');
    cancellation.abort(new InterruptionError('SIGINT'));
    await expect(measuring).rejects.toThrow('interrupted by SIGINT');
    expect({ uploads, outputs: [...outputs], ended: state.get('ended') }).toEqual({
      ...{ uploads: [], outputs: [], ended: 'true' },
    });
    await runPost(listPostSteps(post));
    expect(uploads).toEqual([
      { name: 'tunegate-run-stock-tuned-2', folder: join(world.temporaryFolder, 'tunegate-run-stock-tuned-2') },
    ]);
    expect((await readCalls()).map((call) => call.split(' ')[0])).toEqual(['measure', 'stop', 'forget']);
  });
});

describe('what is wrong with a request', () => {
  it.each([
    ['a comparison that is not there', { comparison: 'other' }, 'comparison other is not to be measured'],
    ['a comparison with nothing to measure', { comparison: 'gone' }, 'comparison gone is not to be measured'],
    ['a host that the plan does not name', { host: 'load' }, 'host load is not among those of request.json: stock'],
    ['a folder that is none', { planDirectory: '/nonexistent' }, 'request.json of the plan directory cannot be read'],
  ])('%s is told before the program is called', async (_, change, sentence) => {
    const { world, readCalls, state } = await createFakeWorld({});
    await expect(runMeasure(inputs(change), world)).rejects.toThrow(sentence);
    expect(await readCalls()).toEqual([]);
    expect(state.get('id')).toBeUndefined();
  });

  const refused = async (spoil: (directory: string) => Promise<unknown>, plan?: string) => {
    const directory = await mkdtemp(join(tmpdir(), 'spoilt-'));
    await writePlanDirectory(directory, plan === undefined ? {} : { plan });
    await spoil(directory);
    const { world, readCalls } = await createFakeWorld({});
    const measuring = runMeasure(inputs({ planDirectory: directory }), world);
    await expect(measuring).rejects.toThrow(ConfigurationError);
    expect(await readCalls()).toEqual([]);
    return measuring.catch((error: Error) => error.message);
  };

  it('layers that no host can be switched to', async () => {
    const plan = tinyPlan.replace('[guest]', '[guest, host-boot]');
    expect(await refused(async () => {}, plan)).toMatch(/layers are guest, host-boot.*can switch daemon, guest only/);
  });

  it('a profile that is not the one asked for', async () => {
    const spoil = (directory: string) => writeFile(join(directory, 'tuned', 'candidate.yaml'), profileTexts.baseline);
    expect(await refused(spoil)).toMatch(/^tuned\/candidate.yaml has sha256 .* but request.json asks for/);
  });

  it('a profile that extends another', async () => {
    const spoil = (directory: string) =>
      writeFile(join(directory, 'tuned', 'candidate.yaml'), 'name: tuned\nextends: stock\n');
    expect(await refused(spoil)).toMatch(/extends another, one that stands alone is accepted/);
  });

  it.each(['request.json', 'tuned/plan.yaml'])('a link in the place of %s', async (name) => {
    const spoil = async (directory: string) => {
      await rm(join(directory, name));
      await symlink('/etc/passwd', join(directory, name));
    };
    expect(await refused(spoil)).toMatch(`${name} of the plan directory cannot be read`);
  });

  it.each([
    ['too long', 'x'.repeat(1024 * 1024 + 1), /has 1048577 bytes, at most 1048576/],
    ['not JSON', '{', /is not JSON/],
    ['something else', '{"schema":"tunegate.request/2"}', /is not what the action plan writes/],
  ])('a request.json that is %s', async (_, text, sentence) => {
    expect(await refused((directory) => writeFile(join(directory, 'request.json'), text))).toMatch(sentence);
  });
});

describe('after main', () => {
  const names = async (calls: Promise<string[]>) => (await calls).map((call) => call.split(' ')[0]);

  it('was killed, the run is stopped, uploaded and forgotten', async () => {
    const { world, post, state, uploads, readCalls } = await createFakeWorld({ forget: 'rm -r "$folder"' });
    state.set('id', 'measure-1').set('artifact', 'tunegate-run-a-b-1').set('process', '{"pid":999999,"startTicks":1}');
    const { mkdir } = await import('node:fs/promises');
    await mkdir(join(world.runsFolder, 'measure-1', 'run'), { recursive: true });
    await writeFile(join(world.runsFolder, 'measure-1', 'run', 'run.jsonl'), await readFile(journal));
    await runPost(listPostSteps(post));
    expect(uploads.map(({ name }) => name)).toEqual(['tunegate-run-a-b-1']);
    expect(await names(readCalls())).toEqual(['stop', 'forget']);
    expect(await readdir(world.runsFolder)).toEqual([]);
  });

  it('has uploaded the run, it is only forgotten', async () => {
    const { post, state, uploads, readCalls } = await createFakeWorld({});
    state.set('id', 'measure-1').set('artifact', 'a').set('ended', 'true').set('uploaded', 'true');
    await runPost(listPostSteps(post));
    expect(uploads).toEqual([]);
    expect(await names(readCalls())).toEqual(['forget']);
  });

  it('never came to call the program, nothing is done', async () => {
    const { post } = await createFakeWorld({});
    expect(listPostSteps(post)).toEqual([]);
  });

  it('trouble in one step keeps no other away', async () => {
    const { post, state, readCalls } = await createFakeWorld({});
    const warnings: string[] = [];
    state.set('id', 'measure-1').set('artifact', 'a').set('ended', 'true');
    const broken = { ...post, runsFolder: '\0' };
    await runPost(listPostSteps(broken), { setFailed: () => {}, warning: (text) => warnings.push(text) });
    expect(warnings.length + (await readCalls()).length).toBeGreaterThanOrEqual(1);
    expect(await names(readCalls())).toEqual(['forget']);
  });
});

describe('inputs', () => {
  const read = (given: Record<string, string>) => readMeasureInputs((name) => given[name] ?? '');

  it('are read', () => {
    expect(read({ 'plan-directory': 'p', comparison: 'tuned', host: 'stock' })).toEqual({
      ...{ planDirectory: 'p', comparison: 'tuned', host: 'stock', inventory: null, waitSeconds: 3600 },
    });
    expect(read({ comparison: 'tuned', host: 'stock', 'wait-minutes': '0' })).toMatchObject({
      ...{ planDirectory: null, waitSeconds: 0 },
    });
  });

  it.each([
    [{ host: 'stock' }],
    [{ comparison: '../x', host: 'stock' }],
    [{ comparison: 'tuned', host: 'a/b' }],
    [{ comparison: 'tuned', host: 'stock', 'wait-minutes': '1e3' }],
    [{ comparison: 'tuned', host: 'stock', 'wait-minutes': '1441' }],
    [{ comparison: 'tuned', host: 'stock', inventory: 'inventory.yaml' }],
  ])('that are wrong are refused: %j', (given) => {
    expect(() => read(given as Record<string, string>)).toThrow(ConfigurationError);
  });

  it('an inventory is a name, and never a path', () => {
    expect(read({ comparison: 'tuned', host: 'stock', inventory: 'lab' }).inventory).toBe('lab');
    for (const inventory of ['i.yaml', '/etc/tunegate/lab.yaml', '../lab', '-lab', 'lab\n']) {
      expect(() => read({ comparison: 'tuned', host: 'stock', inventory })).toThrow(ConfigurationError);
    }
  });
});
