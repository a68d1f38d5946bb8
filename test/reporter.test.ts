import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { createLocalMachine } from '../src/machines/local.ts';

const folder = fileURLToPath(new URL('fixtures/reporter', import.meta.url));
const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));

async function run(...args: string[]) {
  const command = { program: process.execPath, args: [vitest, 'run', '--root', folder, ...args] };
  const { exitCode, stdout } = await createLocalMachine().run(command, { timeoutSeconds: 60, allowFailure: true });
  return { exitCode, lines: stdout.trimEnd().split('\n') };
}

it('names what was skipped on this machine, and ends with the counts', async () => {
  const { exitCode, lines } = await run('one-of-everything');
  expect(exitCode).toBe(1);
  expect(lines.slice(-4)).toEqual([
    'SKIPPED on this machine:',
    '  outer > inner (2 tests): tun is missing (no /dev/net/tun)',
    '',
    // Failed: a test and a hook. Skipped: one by itself, two with their suite, one behind the hook.
    '2 passed, 2 failed, 4 skipped',
  ]);
});

it('counts a file that cannot be loaded as a failure', async () => {
  const { exitCode, lines } = await run('broken');
  expect(exitCode).toBe(1);
  expect(lines.at(-1)).toBe('0 passed, 1 failed, 0 skipped');
});
