import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type PrepareInputs, readPrepareInputs } from '../../../actions/prepare-host/inputs.ts';
import { runPrepareHost } from '../../../actions/prepare-host/run.ts';
import { ConfigurationError, MeasurementError } from '../../../src/errors.ts';
import { runPost } from '../../../src/github/action-entry.ts';
import { prepareRequestSchema } from '../../../src/hosts/root-requests.schema.ts';
import { listPostSteps } from '../../../src/hosts/root-step.ts';
import type { Check } from '../../../src/results/journal.schema.ts';
import { createFakeWorld } from '../fake-root-program.ts';
import { profileTexts, tinyPlan, writePlanDirectory } from '../plan-directory.ts';

const hostPlan = tinyPlan.replace('[guest]', '[host, guest]');
const bootPlan = tinyPlan.replace('[guest]', '[host-boot, host]');
const check: Check = {
  ...{ parameter: 'host.sysctl.net.core.dev_weight', layer: 'host', requested: '128', found: '128' },
  ...{ probe: '/proc/sys', result: 'verified' },
};
const other = { ...check, found: '64', result: 'mismatch' as const };

/** @param checks what the privileged program finds; null: it fails before it looks */
async function prepare(plan: string, change: Partial<PrepareInputs> = {}, checks: readonly Check[] | null = [check]) {
  const folder = await mkdtemp(join(tmpdir(), 'prepare-'));
  await writePlanDirectory(folder, { plan });
  await writeFile(join(folder, 'found.json'), JSON.stringify(checks));
  const wrong = checks?.some(({ result }) => result !== 'verified') ?? true;
  const program = `${checks === null ? '' : `cp '${folder}/found.json' "$folder/checks.json"`}
${wrong ? "echo 'tunegate-root: the host is not as asked' >&2; exit 1" : ''}`;
  const fake = await createFakeWorld({ prepare: program });
  const said: string[] = [];
  const world = { ...fake.world, info: (text: string) => said.push(text), fetchPlan: async () => folder };
  const inputs = { planDirectory: null, side: 'candidate', host: 'stock', comparison: null, inventory: null } as const;
  const running = runPrepareHost({ ...inputs, ...change }, world);
  const readOwn = async () => JSON.parse(await readFile(fake.outputs.get('checks-file') ?? '', 'utf8'));
  return { ...fake, said, running, readOwn };
}

describe('prepare-host', () => {
  it('changes nothing for a plan of guest settings, and says so', async () => {
    const { running, outputs, said, readOwn, readCalls } = await prepare(tinyPlan);
    await running;
    expect(outputs.get('verified')).toBe('true');
    expect(await readOwn()).toEqual({ schema: 'tunegate.checks/1', host: 'stock', side: 'candidate', checks: [] });
    expect(said).toEqual(["The plan's layers ask nothing of host stock, so nothing was changed."]);
    expect(await readCalls()).toEqual([]);
  });

  it('hands one side to the privileged program, keeps its checks, and has the post put everything back', async () => {
    const { running, outputs, said, readOwn, readCalls, readDocument, post } = await prepare(hostPlan);
    await running;
    expect(prepareRequestSchema.parse(await readDocument())).toEqual({
      ...{ schema: 'tunegate.prepare/1', profile: profileTexts.candidate, layers: ['host'] },
    });
    expect(outputs.get('verified')).toBe('true');
    expect((await readOwn()).checks).toEqual([{ comparison: 'tuned', ...check }]);
    expect(said).toEqual(['Host stock is as the candidate asks: 1 settings verified, put back when the job ends.']);
    await runPost(listPostSteps(post, 'remove'));
    const calls = (await readCalls()).map((call) => call.split(' ')[0]);
    expect(calls).toEqual(['prepare', 'remove']);
  });

  it('names a host of an inventory that root keeps, and never a path', async () => {
    const { running, readDocument } = await prepare(bootPlan, { inventory: 'lab', side: 'baseline' });
    await running;
    const { profile, layers, host } = prepareRequestSchema.parse(await readDocument());
    expect({ profile, layers, host }).toEqual({
      ...{ profile: profileTexts.baseline, layers: ['host-boot', 'host'] },
      host: { inventory: 'lab', machine: 'stock' },
    });
  });

  it('fails where a setting is not in force, with what was found', async () => {
    const { running, outputs, readOwn } = await prepare(hostPlan, {}, [check, other]);
    await expect(running).rejects.toThrow(MeasurementError);
    await expect(running).rejects.toThrow('the host is not as asked');
    expect(outputs.get('verified')).toBeUndefined();
    expect((await readOwn()).checks).toHaveLength(2);
  });

  it('fails without checks where the program did not come so far, and still leaves the rest to the post', async () => {
    const { running, outputs, state, post } = await prepare(hostPlan, {}, null);
    await expect(running).rejects.toThrow(MeasurementError);
    expect([...outputs]).toEqual([]);
    expect(state.get('id')).toMatch(/^prepare-4711-2-[0-9a-f]{8}$/);
    expect(listPostSteps(post, 'remove')).toHaveLength(1);
  });

  it.each([
    [
      'a boot of the machine that it runs on',
      bootPlan,
      {},
      /^the plan treats the layer host-boot, and a runner cannot/,
    ],
    ['a dockerd', tinyPlan.replace('[guest]', '[daemon]'), { inventory: 'lab' }, /^the plan treats the layer daemon/],
    ['a host that the plan does not name', hostPlan, { host: 'load' }, /^host load is not among those of request.json/],
    [
      'another comparison',
      hostPlan,
      { comparison: 'gone' },
      /^there is no comparison gone .* accepted is one of tuned$/,
    ],
  ])('refuses %s before anything is called', async (_, plan, change, sentence) => {
    const { running, readCalls } = await prepare(plan, change);
    await expect(running).rejects.toThrow(ConfigurationError);
    await expect(running).rejects.toThrow(sentence);
    expect(await readCalls()).toEqual([]);
  });
});

describe('the inputs of prepare-host', () => {
  const read = (given: Record<string, string>) => readPrepareInputs((name) => given[name] ?? '');

  it('are held to their words', () => {
    expect(read({ side: 'baseline', host: 'stock' })).toEqual({
      ...{ planDirectory: null, side: 'baseline', host: 'stock', comparison: null, inventory: null },
    });
    expect(read({ side: 'baseline', host: 'stock', inventory: 'lab' }).inventory).toBe('lab');
    expect(() => read({ side: 'both', host: 'stock' })).toThrow(ConfigurationError);
  });

  it.each(['/etc/tunegate/lab.yaml', '../lab', 'lab.yaml', 'Lab', '-lab', 'lab\n', '.'])(
    'take no path for an inventory: %j',
    (inventory) => {
      expect(() => read({ side: 'baseline', host: 'stock', inventory })).toThrow(ConfigurationError);
    },
  );
});
