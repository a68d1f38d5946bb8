import { runRootProgram } from '../../../cli/root/run-root-program.ts';
import { ConfigurationError, messageOf } from '../../../src/errors.ts';
import { listenForSignals } from '../../../src/interruption.ts';
import { projectHome } from '../fake-surroundings.ts';

// `node other-folders.ts RUNS INVENTORIES VERB ID`: the privileged program as a process of its own, as `cli/root-main.ts`
// is, but with folders that a test has made.
const [parent = '', inventories = '', ...args] = process.argv.slice(2);
let exitCode = 0;
const surroundings = {
  ...{ stdout: process.stdout, stderr: process.stderr, stdin: process.stdin, interactive: false, columns: null },
  home: projectHome,
  signal: listenForSignals().signal,
  setExitCode: (code: number) => {
    exitCode = code;
  },
};
process.umask(0o022);
try {
  await runRootProgram(args, { uid: process.getuid?.() ?? -1, sudoUid: undefined }, surroundings, {
    ...{ parent, inventories },
  });
} catch (thrown) {
  exitCode = thrown instanceof ConfigurationError ? 2 : 1;
  process.stderr.write(`tunegate-root: ${messageOf(thrown)}\n`);
}
process.exit(exitCode);
