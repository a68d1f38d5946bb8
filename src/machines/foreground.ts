import { execa } from 'execa';
import type { Command } from './machine.ts';

/**
 * Runs a program in our place: with our input, output and terminal. Its channel to us is its sign to end: we close it
 * when `signal` says so, and it is closed when we die. Returns the exit code, as a shell tells it.
 */
export async function runInOurPlace(
  { program, args }: Command,
  environment: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<number> {
  const child = execa(program, args, {
    reject: false,
    cleanup: false,
    stdin: 'inherit',
    stdout: 'inherit',
    stderr: 'inherit',
    ipc: true,
    serialization: 'json',
    env: environment,
  });
  const tellToEnd = () => child.nodeChildProcess.disconnect();
  signal.addEventListener('abort', tellToEnd);
  const { exitCode } = await child;
  signal.removeEventListener('abort', tellToEnd);
  // Ended by a signal: nothing that it prepared is left, since its namespaces went with it.
  return exitCode ?? 1;
}
