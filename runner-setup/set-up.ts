import { InterruptionError } from '../src/errors.ts';
import { createLocalMachine } from '../src/machines/local.ts';
import { setUpMachine } from './set-up-machine.ts';

const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => interruption.abort(new InterruptionError(signal)));
}
const [command = '', ...flags] = process.argv.slice(2);
const interactive = process.stdin.isTTY === true && process.stderr.isTTY === true;
process.exitCode = await setUpMachine({
  machine: createLocalMachine(),
  command,
  // The evaluation computes only; nothing that is installed is needed for it.
  mayGoOnWithout: command === 'test' || command === 'evaluate',
  needsConsent: command === 'bench',
  consents: flags.includes('--yes'),
  ...(interactive ? { ask: askOnTerminal } : {}),
  pid: process.pid,
  stderr: process.stderr,
  signal: interruption.signal,
});

async function askOnTerminal(question: string): Promise<boolean | null> {
  const { confirm, isCancel } = await import('@clack/prompts');
  const answer = await confirm({ message: question, output: process.stderr, signal: interruption.signal });
  return isCancel(answer) ? null : answer;
}
