import { fileURLToPath } from 'node:url';
import { endWithStarter, listenForSignals } from '../src/interruption.ts';
import { buildProgram, runProgram } from './program.ts';
import type { Surroundings } from './surroundings.ts';

/** Commands that make network namespaces. */
const measuring = ['measure', 'bench'];

const interruption = listenForSignals();
// A reader that has gone away (`| head`) must not end a run before it has cleaned up.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}
endWithStarter(interruption);
const args = process.argv.slice(2);
if (measuring.includes(args[0] ?? '')) {
  const { runInUserNamespace } = await import('./enter-user-namespace.ts');
  const again = { program: process.execPath, args: [fileURLToPath(import.meta.url), ...args] };
  const code = await runInUserNamespace(again, interruption.signal, process.stderr);
  if (code !== null) process.exit(code);
}
const surroundings: Surroundings = {
  stdout: process.stdout,
  stderr: process.stderr,
  stdin: process.stdin,
  interactive: process.stderr.isTTY === true,
  columns: process.stdout.isTTY === true ? process.stdout.columns : null,
  home: fileURLToPath(new URL('..', import.meta.url)),
  signal: interruption.signal,
  setExitCode: (code) => {
    process.exitCode = code;
  },
};
await runProgram(await buildProgram(surroundings, args), args);
