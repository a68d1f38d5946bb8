import { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { createCommand } from '../../cli/create-command.ts';
import { runProgram } from '../../cli/program.ts';
import type { Surroundings } from '../../cli/surroundings.ts';

/** The checkout itself: shipped profiles and plans are real ones. */
export const projectHome = fileURLToPath(new URL('../..', import.meta.url));

export interface FakeSurroundings extends Surroundings {
  /** Everything written so far. */
  readonly written: { stdout: string; stderr: string };
  /** 0 until the command says otherwise. */
  readonly exit: { code: number };
}

/** A world that only remembers what is written to it; not a terminal unless a test says so. */
export function createFakeSurroundings(overrides: Partial<Surroundings> = {}): FakeSurroundings {
  const written = { stdout: '', stderr: '' };
  const exit = { code: 0 };
  const collect = (stream: 'stdout' | 'stderr') =>
    new Writable({
      write: (chunk, _encoding, done) => {
        written[stream] += String(chunk);
        done();
      },
    });
  return {
    stdout: collect('stdout'),
    stderr: collect('stderr'),
    stdin: Readable.from([]),
    interactive: false,
    columns: null,
    home: projectHome,
    signal: new AbortController().signal,
    setExitCode: (code) => {
      exit.code = code;
    },
    ...overrides,
    written,
    exit,
  };
}

export interface CommandResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

/** Runs `tunegate ARGS` with one command of the program, the way the program runs it. */
export async function runCommand(
  createSubcommand: (surroundings: Surroundings) => Command,
  args: readonly string[],
  overrides: Partial<Surroundings> = {},
): Promise<CommandResult> {
  const surroundings = createFakeSurroundings(overrides);
  const command = createCommand('tunegate', surroundings).addCommand(createSubcommand(surroundings));
  await runProgram({ command, surroundings }, args);
  return { ...surroundings.written, exitCode: surroundings.exit.code };
}
