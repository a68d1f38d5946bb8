import { ConfigurationError, messageOf } from '../errors.ts';
import { printPlainly } from './print-plainly.ts';

/** What the entry says to the runner; `@actions/core` unless a test passes its own. */
export interface ActionLog {
  /** Shown as an annotation; ends the step with exit code 1 when the process ends. */
  setFailed(message: string): void;
  warning(message: string): void;
}

/**
 * Runs the main step of an action. Whatever is thrown fails the step with one sentence; where it is nothing the user
 * can mend, the stack goes to the log as well. The heavy parts of an action belong into `body`, behind `import()`.
 */
export async function runAction(body: () => Promise<void>, log?: ActionLog): Promise<void> {
  try {
    await body();
  } catch (error) {
    const { setFailed } = log ?? (await import('@actions/core'));
    setFailed(oneLine(error));
    printStack(error);
  }
}

/** Runs every step of an action's post in order. Trouble in one is a warning, and the others still run. */
export async function runPost(steps: readonly (() => Promise<void>)[], log?: ActionLog): Promise<void> {
  for (const step of steps) {
    try {
      await step();
    } catch (error) {
      const { warning } = log ?? (await import('@actions/core'));
      warning(oneLine(error));
      printStack(error);
    }
  }
}

/** An annotation shows one line well. */
function oneLine(thrown: unknown): string {
  const text = messageOf(thrown)
    .replace(/\s*\n\s*/g, ' / ')
    .trim();
  return text === '' ? 'the action failed without a word' : text;
}

function printStack(thrown: unknown): void {
  if (thrown instanceof ConfigurationError || !(thrown instanceof Error)) return;
  printPlainly(thrown.stack ?? thrown.message);
}
