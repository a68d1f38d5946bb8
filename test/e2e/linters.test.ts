import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { findWorkflowTools } from '../../runner-setup/workflow-tools.ts';
import { createLocalMachine } from '../../src/machines/local.ts';

const home = fileURLToPath(new URL('../..', import.meta.url));
const bin = join(await findWorkflowTools(createLocalMachine()), 'bin');
const run = promisify(execFile);

/** What the linter found, empty when nothing. */
async function lint(program: string, args: readonly string[], cwd: string): Promise<string> {
  const env = { ...process.env, PATH: [bin, process.env.PATH].join(delimiter), NO_COLOR: '1' };
  return run(join(bin, program), args, { cwd, env }).then(
    () => '',
    ({ stdout, stderr }: { stdout: string; stderr: string }) => stdout + stderr,
  );
}

/** The workflows with a change, to see that a linter notices. */
async function breakWorkflow(from: string, to: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tunegate-linters-'));
  await cp(join(home, '.github'), join(folder, '.github'), { recursive: true });
  await run('git', ['init', '--quiet', folder]);
  const file = join(folder, '.github/workflows/tuning-pr.yml');
  const text = await readFile(file, 'utf8');
  expect(text).toContain(from);
  await writeFile(file, text.replaceAll(from, to));
  return folder;
}

describe('linters of workflows', () => {
  it('actionlint finds nothing', async () => {
    expect(await lint('actionlint', ['-no-color'], home)).toBe('');
  });

  it('zizmor finds nothing, without a network', async () => {
    expect(await lint('zizmor', ['--offline', '--quiet', '.'], home)).toBe('');
  });

  it('actionlint notices an output that no job has', async () => {
    const folder = await breakWorkflow('needs.plan.outputs.matrix', 'needs.plan.outputs.matrices');
    expect(await lint('actionlint', ['-no-color'], folder)).toContain('property "matrices" is not defined');
  });

  it('zizmor notices words of a pull request in a script, and a token left behind', async () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of GitHub.
    const script = 'run: echo "${{ github.event.pull_request.title }}"\n      - uses: ./actions/plan';
    const injected = await breakWorkflow('uses: ./actions/plan', script);
    expect(await lint('zizmor', ['--offline', '--quiet', '.'], injected)).toContain('template-injection');
    const careless = await breakWorkflow('          persist-credentials: false\n', '');
    expect(await lint('zizmor', ['--offline', '--quiet', '.'], careless)).toContain('artipacked');
  });
});
