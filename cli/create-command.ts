import { Command } from 'commander';
import type { Surroundings } from './surroundings.ts';

/**
 * A command that writes where it is told and never ends the process; its subcommands inherit that.
 * A command which is built on its own and added later does not, so each one starts here.
 */
export function createCommand(name: string, surroundings: Surroundings): Command {
  return new Command(name).exitOverride().configureOutput({
    writeOut: (text) => surroundings.stdout.write(text),
    writeErr: (text) => surroundings.stderr.write(text),
  });
}
