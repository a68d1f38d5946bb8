import { type Command, CommanderError } from 'commander';
import { ConfigurationError, MeasurementError, messageOf } from '../src/errors.ts';
import { createCommand } from './create-command.ts';
import { exitCodes } from './exit-codes.ts';
import type { Surroundings } from './surroundings.ts';

export interface Program {
  readonly command: Command;
  readonly surroundings: Surroundings;
}

/** Each is a file in `commands/`, read when it is wanted: reading all of them takes longer than comparing a run. */
const commands: Readonly<Record<string, () => Promise<(surroundings: Surroundings) => Command>>> = {
  doctor: async () => (await import('./commands/doctor.ts')).createDoctorCommand,
  plan: async () => (await import('./commands/plan.ts')).createPlanCommand,
  measure: async () => (await import('./commands/measure.ts')).createMeasureCommand,
  compare: async () => (await import('./commands/compare.ts')).createCompareCommand,
  report: async () => (await import('./commands/report.ts')).createReportCommand,
  export: async () => (await import('./commands/export.ts')).createExportCommand,
  bench: async () => (await import('./commands/bench.ts')).createBenchCommand,
  profile: async () => (await import('./commands/profile.ts')).createProfileCommand,
  image: async () => (await import('./commands/image.ts')).createImageCommand,
  history: async () => (await import('./commands/history.ts')).createHistoryCommand,
  lab: async () => (await import('./commands/lab.ts')).createLabCommand,
};

/** The command line that these arguments want: with the command that they name, or with all where they name none. */
export async function buildProgram(surroundings: Surroundings, [name = '']: readonly string[]): Promise<Program> {
  const command = createCommand('tunegate', surroundings).description(
    'Measures what a tuning change does to guest network latency and bandwidth, and says how sure it is.',
  );
  const wanted = Object.hasOwn(commands, name) ? [commands[name]] : Object.values(commands);
  for (const load of wanted) if (load !== undefined) command.addCommand((await load())(surroundings));
  return { command, surroundings };
}

/** Runs one command line. Errors become one sentence on standard error and an exit code; nothing is thrown. */
export async function runProgram(program: Program, args: readonly string[]): Promise<void> {
  const { command, surroundings } = program;
  try {
    await command.parseAsync(args, { from: 'user' });
  } catch (thrown) {
    if (thrown instanceof CommanderError) {
      // Commander has printed its own sentence (or the help that was asked for).
      surroundings.setExitCode(thrown.exitCode === 0 ? exitCodes.fine : exitCodes.wrongRequest);
      return;
    }
    if (surroundings.signal.aborted) {
      surroundings.stderr.write(`tunegate: interrupted; ${describeCleanUp(thrown)}\n`);
      surroundings.setExitCode(exitCodes.interrupted);
      return;
    }
    surroundings.stderr.write(`tunegate: ${messageOf(thrown)}\n`);
    surroundings.setExitCode(thrown instanceof ConfigurationError ? exitCodes.wrongRequest : exitCodes.failed);
  }
}

/** What undoes things says in a `MeasurementError` what it could not undo. */
function describeCleanUp(thrown: unknown): string {
  return thrown instanceof MeasurementError ? messageOf(thrown) : 'everything that was started has been removed.';
}
