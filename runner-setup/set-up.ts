import { messageOf } from '../src/errors.ts';
import { labTools, tools } from '../src/hosts/tools.ts';
import { endWithStarter, listenForSignals } from '../src/interruption.ts';
import { createLocalMachine } from '../src/machines/local.ts';
import { setUpMachine } from './set-up-machine.ts';

const interruption = listenForSignals();
endWithStarter(interruption);
const [command = '', ...flags] = process.argv.slice(2);
const interactive = process.stdin.isTTY === true && process.stderr.isTTY === true;
const machine = createLocalMachine();
process.exitCode = await setUpMachine({
  machine,
  command,
  ...(command === 'lab' ? { tools: [...tools, ...labTools] } : {}),
  // The evaluation computes only; nothing that is installed is needed for it.
  mayGoOnWithout: command === 'test' || command === 'evaluate',
  needsConsent: command === 'bench' || command === 'install-host',
  consents: flags.includes('--yes'),
  ...(interactive ? { ask: askOnTerminal } : {}),
  pid: process.pid,
  stderr: process.stderr,
  signal: interruption.signal,
});
if (command === 'test:e2e' && process.exitCode === 0) process.exitCode = await addWorkflowTools();

/** Exit code. */
async function addWorkflowTools(): Promise<number> {
  const { setUpWorkflowTools } = await import('./workflow-tools.ts');
  try {
    await setUpWorkflowTools({ machine, stderr: process.stderr, signal: interruption.signal });
    return 0;
  } catch (thrown) {
    process.stderr.write(`tunegate: ${messageOf(thrown)}\n`);
    return interruption.signal.aborted ? 130 : 1;
  }
}

async function askOnTerminal(question: string): Promise<boolean | null> {
  const { confirm, isCancel } = await import('@clack/prompts');
  const answer = await confirm({ message: question, output: process.stderr, signal: interruption.signal });
  return isCancel(answer) ? null : answer;
}
