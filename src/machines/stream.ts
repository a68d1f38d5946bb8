import { execa } from 'execa';
import { CommandError } from '../errors.ts';
import { type Command, type Outcome, toolEnvironment } from './machine.ts';

export interface StreamOptions {
  /** Text for standard input, which then ends. */
  readonly input: string;
  /** Gets what the program writes, standard output and error in one, as it comes. */
  readonly onText: (text: string) => void;
}

/** A program whose output is shown while it runs. */
export interface StreamedProcess {
  /** Of the process, and of its group, which it leads. */
  readonly pid: number;
  /** Resolves when it has ended and everything it wrote has been passed on. */
  readonly ended: Promise<Outcome>;
}

/**
 * Starts a program in a process group of its own, so that a signal to ours does not reach it, and leaves it alone when
 * we end. Throws a `CommandError` when it cannot be started.
 */
export async function startStreaming(command: Command, options: StreamOptions): Promise<StreamedProcess> {
  const child = execa(command.program, command.args, {
    reject: false,
    detached: true,
    cleanup: false,
    buffer: false,
    encoding: 'utf8',
    input: options.input,
    env: toolEnvironment,
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (chunk) => options.onText(String(chunk)));
  }
  const ended = child.then(
    ({ exitCode = null, signal = null, timedOut, originalMessage = '', durationMs }): Outcome => ({
      ...{ exitCode, signal, timedOut, stdout: '', stderr: originalMessage },
      seconds: durationMs / 1000,
    }),
  );
  if (child.pid === undefined) throw new CommandError({ ...command, machine: 'local', ...(await ended) });
  return { pid: child.pid, ended };
}
