import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ConfigurationError } from '../../src/errors.ts';
import { chooseFiles } from './choose-files.ts';

// `npm run test:e2e [-- --all | --lab | NAME...]`: the workflows of this repository, executed here without GitHub.
const home = fileURLToPath(new URL('../..', import.meta.url));
const present = globSync('test/e2e/*.test.ts', { cwd: home }).map((path) =>
  path.slice('test/e2e/'.length, -'.test.ts'.length),
);
process.exitCode = await main(process.argv.slice(2));

/** Exit code. */
async function main(args: readonly string[]): Promise<number> {
  try {
    const files = chooseFiles(args, present.sort()).map((name) => `test/e2e/${name}.test.ts`);
    const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'test/e2e/vitest.config.ts', ...files];
    const child = spawn(process.execPath, vitest, { cwd: home, stdio: 'inherit' });
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
    const [code] = await once(child, 'close');
    return typeof code === 'number' ? code : 130;
  } catch (thrown) {
    if (!(thrown instanceof ConfigurationError)) throw thrown;
    process.stderr.write(`tunegate: ${thrown.message}\n`);
    return 2;
  }
}
