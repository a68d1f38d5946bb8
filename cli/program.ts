import { type Command, CommanderError } from 'commander';
import { ConfigurationError, MeasurementError, messageOf } from '../src/errors.ts';
import { createBenchCommand } from './commands/bench.ts';
import { createCompareCommand } from './commands/compare.ts';
import { createDoctorCommand } from './commands/doctor.ts';
import { createExportCommand } from './commands/export.ts';
import { createHistoryCommand } from './commands/history.ts';
import { createImageCommand } from './commands/image.ts';
import { createLabCommand } from './commands/lab.ts';
import { createMeasureCommand } from './commands/measure.ts';
import { createPlanCommand } from './commands/plan.ts';
import { createProfileCommand } from './commands/profile.ts';
import { createReportCommand } from './commands/report.ts';
import { createCommand } from './create-command.ts';
import { exitCodes } from './exit-codes.ts';
import type { Surroundings } from './surroundings.ts';

export interface Program {
  readonly command: Command;
  readonly surroundings: Surroundings;
}

const commands = [
  createDoctorCommand,
  createPlanCommand,
  createMeasureCommand,
  createCompareCommand,
  createReportCommand,
  createExportCommand,
  createBenchCommand,
  createProfileCommand,
  createImageCommand,
  createHistoryCommand,
  createLabCommand,
];

/** The whole command line; each command is a file in `commands/`. */
export function buildProgram(surroundings: Surroundings): Program {
  const command = createCommand('tunegate', surroundings).description(
    'Measures what a tuning change does to guest network latency and bandwidth, and says how sure it is.',
  );
  for (const create of commands) command.addCommand(create(surroundings));
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
