import { fileURLToPath } from 'node:url';
import { endWithStarter, listenForSignals } from '../src/interruption.ts';
import { runInUserNamespace } from './enter-user-namespace.ts';
import { buildProgram, runProgram } from './program.ts';

const interruption = listenForSignals();
// A reader that has gone away (`| head`) must not end a run before it has cleaned up.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}
endWithStarter(interruption);
const args = process.argv.slice(2);
const again = { program: process.execPath, args: [fileURLToPath(import.meta.url), ...args] };
const code = await runInUserNamespace(again, args[0], interruption.signal, process.stderr);
if (code !== null) process.exit(code);
await runProgram(
  buildProgram({
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
  }),
  args,
);
