import { fileURLToPath } from 'node:url';
import { ConfigurationError, InterruptionError, messageOf } from '../src/errors.ts';
import { listenForSignals } from '../src/interruption.ts';
import { exitCodes } from './exit-codes.ts';
import { runRootProgram } from './root/run-root-program.ts';

// The privileged program, `tunegate-root VERB ID`: see docs/security.md.
const interruption = listenForSignals();
// Whoever called was killed: nobody is left to tell us to end or to fetch what we measure, so that is what it means.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    interruption.abort(new InterruptionError('the end of the process that started it'));
  });
}
// What is written here is for root to change and for everybody to read.
process.umask(0o022);
let exitCode: number = exitCodes.fine;
try {
  await runRootProgram(
    process.argv.slice(2),
    { uid: process.getuid?.() ?? -1, sudoUid: process.env.SUDO_UID },
    {
      ...{ stdout: process.stdout, stderr: process.stderr, stdin: process.stdin, interactive: false, columns: null },
      home: fileURLToPath(new URL('..', import.meta.url)),
      signal: interruption.signal,
      setExitCode: (code) => {
        exitCode = code;
      },
    },
  );
} catch (thrown) {
  const interrupted = interruption.signal.aborted;
  exitCode = interrupted
    ? exitCodes.interrupted
    : thrown instanceof ConfigurationError
      ? exitCodes.wrongRequest
      : exitCodes.failed;
  process.stderr.write(`tunegate-root: ${messageOf(thrown).replace(/[^\P{Cc}\n\t]/gu, '?')}\n`);
}
// The process that holds a guest lives on; nothing here waits for it.
process.exit(exitCode);
