import { fileURLToPath } from 'node:url';
import { InterruptionError } from '../src/errors.ts';
import { buildProgram, runProgram } from './program.ts';

const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => interruption.abort(new InterruptionError(signal)));
}
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
  process.argv.slice(2),
);
