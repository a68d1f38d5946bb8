import { parseArgs } from 'node:util';
import { ConfigurationError, messageOf } from '../src/errors.ts';
import { installedProgram } from '../src/hosts/root-program.ts';
import { describeFound } from '../src/schema-words.ts';

/** Where the privileged program goes. */
export interface ProgramPlaces {
  /** A link to the folder of the version that is in force, `PREFIX-COMMIT` beside it. */
  readonly prefix: string;
  /** What sudo lets the user run. */
  readonly program: string;
  readonly sudoersFolder: string;
}

export interface ProgramRequest {
  readonly action: 'install' | 'uninstall';
  /** Ordinary user as whom the runner runs. */
  readonly user: string;
  readonly places: ProgramPlaces;
  /** `--yes` was given. */
  readonly consents: boolean;
}

export const usage = `Usage: npm run install-host -- --user NAME [--prefix DIR] [--uninstall] [--yes]

Lets the user NAME, as whom the runner of GitHub runs, measure on this host: installs a copy of this checkout that only
root can change, and allows NAME to run its one program, ${installedProgram}, by sudo without a password.
`;

/** null: help was asked for. Throws `ConfigurationError`. */
export function parseProgramRequest(args: readonly string[]): ProgramRequest | null {
  const { values } = readFlags(args);
  if (values.help) return null;
  const { user = '', prefix = '/opt/tunegate' } = values;
  // These names go into sudoers, where other characters mean something.
  if (!/^[a-z_][a-z0-9_-]{0,31}$/.test(user) || user === 'root') {
    throw new ConfigurationError(`--user must be the name of an ordinary user, found ${describeFound(user)}`);
  }
  if (!/^(\/[A-Za-z0-9_][A-Za-z0-9._-]*)+$/.test(prefix)) {
    throw new ConfigurationError(
      `--prefix must be an absolute path of letters, digits and ._- without "..", found ${describeFound(prefix)}`,
    );
  }
  return {
    action: values.uninstall ? 'uninstall' : 'install',
    user,
    places: { prefix, program: installedProgram, sudoersFolder: '/etc/sudoers.d' },
    consents: values.yes === true,
  };
}

function readFlags(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        user: { type: 'string' },
        prefix: { type: 'string' },
        uninstall: { type: 'boolean' },
        yes: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (thrown) {
    throw new ConfigurationError(messageOf(thrown), { cause: thrown });
  }
}
