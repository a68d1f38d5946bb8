import { ConfigurationError } from '../../src/errors.ts';

/** What runs unless more is asked for: the main path, the linters, and the variants that are quick. */
export const usual = ['linters', 'main-path', 'no-tuning-files', 'fork', 'hostile-words', 'two-pull-requests'];

/** Boots emulated hosts, for a quarter of an hour and more: only where it is asked for by name. */
const lab = 'lab';

/**
 * Names of test files, without `.test.ts`, for the arguments of `npm run test:e2e`: none for the usual ones, `--all`, `--lab`
 * for what needs emulated hosts and is in no other set, or the names themselves.
 *
 * @throws ConfigurationError for a name that is not there
 */
export function chooseFiles(args: readonly string[], present: readonly string[]): readonly string[] {
  if (args.length === 0) return usual;
  if (args.length === 1 && args[0] === '--all') return present.filter((name) => name !== lab);
  if (args.length === 1 && args[0] === '--lab') return [lab];
  const unknown = args.find((name) => !present.includes(name));
  if (unknown === undefined) return args;
  throw new ConfigurationError(
    `there is no workflow test ${unknown}; accepted are --all, --lab or ${present.join(', ')}`,
  );
}
