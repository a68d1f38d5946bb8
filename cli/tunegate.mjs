#!/usr/bin/env node
// Any Node may start this file; the program itself wants the Node 24 that comes with the npm packages.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const node = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url));
if (!existsSync(node)) {
  process.stderr.write('tunegate: node_modules is missing; run `npm ci` in the checkout first.\n');
  process.exit(2);
}
const child = spawn(node, [fileURLToPath(new URL('./main.ts', import.meta.url)), ...process.argv.slice(2)], {
  // The channel tells the program when this process is killed and can no longer pass anything on.
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  env: {
    ...process.env,
    // Compiled code of earlier starts: starting takes half the time. A folder that cannot be written is no harm.
    NODE_COMPILE_CACHE:
      process.env.NODE_COMPILE_CACHE ?? fileURLToPath(new URL('../node_modules/.cache/node', import.meta.url)),
    // `su` without a dash keeps the PATH of an ordinary user, and `ip` is not on that.
    PATH: `${process.env.PATH ?? ''}:/usr/local/sbin:/usr/sbin:/sbin`,
  },
});
// A terminal sends Ctrl-C to the whole group; a kill aimed at this process alone is passed on.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => {
  process.exitCode = signal === null ? (code ?? 1) : 1;
});
