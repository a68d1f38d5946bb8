import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const original = fileURLToPath(new URL('../../runner-setup/bootstrap.mjs', import.meta.url));

/** Tells that it was called, and ends as the test wants; WAIT_FOR and FAIL name the script that waits or fails. */
const fakeProgram = (name: string) => `#!/bin/sh
trap 'echo "  got TERM" >> "$CALLS"; exit 130' TERM
echo "${name} $*" >> "$CALLS"
case "$PATH" in *node_modules/.bin*) echo "  with node_modules" >> "$CALLS" ;; esac
while [ "$WAIT_FOR" = "$1" ]; do sleep 0.05; done
if [ "$1" = ci ]; then mkdir -p node_modules; cp package-lock.json node_modules/.package-lock.json; echo "npm's words"; exit "\${NPM_EXIT:-0}"; fi
if [ "$FAIL" = "$1" ]; then exit 3; fi
`;

const lock = (version: string) =>
  JSON.stringify({
    packages: {
      '': { name: 'tunegate' },
      'node_modules/node': { version },
      'node_modules/other-platform': { version: '1.0.0', optional: true },
    },
  });

describe('bootstrap', () => {
  let home: string;
  let calls: string;

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'tunegate-bootstrap-'));
    calls = join(home, 'calls');
    for (const folder of ['runner-setup', 'node_modules/.bin', 'fake-bin']) {
      await mkdir(join(home, folder), { recursive: true });
    }
    await copyFile(original, join(home, 'runner-setup/bootstrap.mjs'));
    for (const [path, name] of [
      ['node_modules/.bin/node', 'node'],
      ['fake-bin/npm', 'npm'],
    ] as const) {
      await writeFile(join(home, path), fakeProgram(name));
      await chmod(join(home, path), 0o755);
    }
    await writeFile(calls, '');
    await writeFile(join(home, 'package-lock.json'), lock('24.0.0'));
    await writeFile(
      join(home, 'node_modules/.package-lock.json'),
      JSON.stringify({ packages: { 'node_modules/node': { version: '24.0.0' } } }),
    );
  });

  afterEach(() => rm(home, { recursive: true }));

  const start = (args: readonly string[], environment: Record<string, string> = {}) => {
    const PATH = `${join(home, 'node_modules/.bin')}:${join(home, 'fake-bin')}:/usr/bin:/bin`;
    return spawn(process.execPath, [join(home, 'runner-setup/bootstrap.mjs'), ...args], {
      env: { PATH, CALLS: calls, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  };

  const run = async (args: readonly string[], environment?: Record<string, string>) => {
    const child = start(args, environment);
    let stderr = '';
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    const [exitCode] = await once(child, 'close');
    return { exitCode, stderr, calls: (await readFile(calls, 'utf8')).trimEnd().split('\n') };
  };

  it('sets up, then measures, with Node 24 first on PATH; the consent is for set-up alone', async () => {
    expect(await run(['bench', '--yes', '--plan', 'ci'])).toEqual({
      exitCode: 0,
      stderr: '',
      calls: [
        'node runner-setup/set-up.ts bench --yes',
        '  with node_modules',
        'node cli/main.ts bench --plan ci',
        '  with node_modules',
      ],
    });
  });

  it('sets up, checks, then tests', async () => {
    const { calls: made } = await run(['test', 'test/units.test.ts']);
    expect(made.filter((call) => !call.startsWith(' '))).toEqual([
      'node runner-setup/set-up.ts test',
      'npm run --silent check',
      'node node_modules/vitest/vitest.mjs run test/units.test.ts',
    ]);
  });

  it('sets up, builds the actions, then tries the workflows', async () => {
    const { calls: made } = await run(['test:e2e', '--all']);
    expect(made.filter((call) => !call.startsWith(' '))).toEqual([
      'node runner-setup/set-up.ts test:e2e',
      'node runner-setup/build-actions.ts',
      'node test/e2e/run.ts --all',
    ]);
  });

  it('sets up, then installs the privileged program, with consent to both', async () => {
    const { calls: made } = await run(['install-host', '--user', 'runner', '--yes']);
    expect(made.filter((call) => !call.startsWith(' '))).toEqual([
      'node runner-setup/set-up.ts install-host --yes',
      'node runner-setup/install-program.ts --yes --user runner',
    ]);
  });

  it('sets up, then evaluates', async () => {
    const { calls: made } = await run(['evaluate', '--fast']);
    expect(made.filter((call) => !call.startsWith(' '))).toEqual([
      'node runner-setup/set-up.ts evaluate',
      'node test/evaluation/evaluate.ts --fast',
    ]);
  });

  it('stops at the first step that fails, with its exit code', async () => {
    const { exitCode, calls: made } = await run(['bench'], { FAIL: 'runner-setup/set-up.ts' });
    expect(exitCode).toBe(3);
    expect(made).toHaveLength(2);
  });

  it('does not set up for somebody who asks for help', async () => {
    expect((await run(['bench', '--help'])).calls[0]).toBe('node cli/main.ts bench --help');
  });

  it.each([
    ['another version is wanted', 'package-lock.json', lock('24.1.0')],
    ['npm left no note of what it installed', 'node_modules/.package-lock.json', ''],
  ])('installs the npm packages when %s, by the npm of the system', async (_, file, text) => {
    await writeFile(join(home, file), text);
    const { exitCode, stderr, calls: made } = await run(['bench']);
    expect(exitCode).toBe(0);
    expect(stderr).toBe('Installing the npm packages (Node 24 is one of them) ...\n');
    expect(made.slice(0, 2)).toEqual([
      'npm ci --include=dev --loglevel=error --no-audit --no-fund',
      'node runner-setup/set-up.ts bench',
    ]);
    const second = await run(['bench']);
    expect(second.stderr).toBe('');
  });

  it('installs the npm packages in a fresh clone, and shows what npm says when that fails', async () => {
    await rm(join(home, 'node_modules'), { recursive: true });
    const { exitCode, stderr, calls: made } = await run(['bench'], { NPM_EXIT: '7' });
    expect(exitCode).toBe(7);
    expect(stderr).toMatch(/npm's words\ntunegate: the npm packages could not be installed; npm ci failed\.\n$/);
    expect(made).toHaveLength(1);
  });

  it('says so when npm was not allowed to bring Node 24', async () => {
    await rm(join(home, 'node_modules/.bin/node'));
    const { exitCode, stderr } = await run(['bench']);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('npm must be allowed to run install scripts');
  });

  it.each([
    [[], 'tunegate: no command was given; accepted are bench, test, test:e2e, soak, perf, evaluate, install-host.\n'],
    [
      ['benhc'],
      'tunegate: benhc is no command; accepted are bench, test, test:e2e, soak, perf, evaluate, install-host.\n',
    ],
    [
      ['toString'],
      'tunegate: toString is no command; accepted are bench, test, test:e2e, soak, perf, evaluate, install-host.\n',
    ],
  ])('refuses %j', async (args, stderr) => {
    expect(await run(args)).toEqual({ exitCode: 2, stderr, calls: [''] });
  });

  it('passes a signal on, waits for the end, and starts nothing more', async () => {
    const child = start(['bench', '--plan', 'ci'], { WAIT_FOR: 'cli/main.ts' });
    await expect.poll(() => readFile(calls, 'utf8'), { timeout: 10_000 }).toContain('node cli/main.ts bench');
    child.kill('SIGTERM');
    const [exitCode] = await once(child, 'close');
    expect(exitCode).toBe(130);
    expect(await readFile(calls, 'utf8')).toMatch(/got TERM\n$/);
  });

  it('a signal during set-up keeps the command from starting', async () => {
    const child = start(['test'], { WAIT_FOR: 'runner-setup/set-up.ts' });
    await expect.poll(() => readFile(calls, 'utf8'), { timeout: 10_000 }).toContain('set-up.ts test');
    child.kill('SIGTERM');
    expect((await once(child, 'close'))[0]).toBe(130);
    expect(await readFile(calls, 'utf8')).not.toContain('check');
  });
});
