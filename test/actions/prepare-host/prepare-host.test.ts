import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readPrepareInputs } from '../../../actions/prepare-host/inputs.ts';
import { runPrepareHost } from '../../../actions/prepare-host/run.ts';
import { ConfigurationError } from '../../../src/errors.ts';
import { tinyPlan, writePlanDirectory } from '../plan-directory.ts';

async function prepare(plan = tinyPlan, host = 'stock') {
  const folder = await mkdtemp(join(tmpdir(), 'prepare-'));
  await writePlanDirectory(folder, { plan });
  const outputs = new Map<string, string>();
  const said: string[] = [];
  const world = {
    temporaryFolder: folder,
    setOutput: (name: string, value: string) => outputs.set(name, value),
    info: (text: string) => said.push(text),
    fetchPlan: async () => folder,
  };
  await runPrepareHost({ planDirectory: null, side: 'candidate', host }, world);
  return { outputs, said, checks: JSON.parse(await readFile(outputs.get('checks-file') ?? '', 'utf8')) };
}

it('a plan of guest settings asks nothing of the host, and that is verified and said', async () => {
  const { outputs, said, checks } = await prepare();
  expect(outputs.get('verified')).toBe('true');
  expect(checks).toEqual({ schema: 'tunegate.checks/1', host: 'stock', side: 'candidate', checks: [] });
  expect(said).toEqual(["The plan's layers ask nothing of host stock, so nothing was changed."]);
});

it('a plan that treats the host is refused with a sentence until hosts can be switched', async () => {
  await expect(prepare(tinyPlan.replace('[guest]', '[guest, host]'))).rejects.toThrow(ConfigurationError);
  await expect(prepare(tinyPlan.replace('[guest]', '[host-boot]'))).rejects.toThrow(/can switch guest only/);
});

it('a host that the plan does not name is refused', async () => {
  await expect(prepare(tinyPlan, 'load')).rejects.toThrow('host load is not among those of request.json: stock');
});

it('inputs are held to their words', () => {
  const read = (given: Record<string, string>) => readPrepareInputs((name) => given[name] ?? '');
  expect(read({ side: 'baseline', host: 'stock' })).toEqual({ planDirectory: null, side: 'baseline', host: 'stock' });
  expect(() => read({ side: 'both', host: 'stock' })).toThrow(ConfigurationError);
  expect(() => read({ side: 'baseline', host: 'stock', inventory: 'x' })).toThrow(/not supported yet/);
});
