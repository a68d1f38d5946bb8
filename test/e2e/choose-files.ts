import { ConfigurationError } from '../../src/errors.ts';

/** What runs unless more is asked for: the main path, the linters, and the variants that are quick. */
export const usual = ['linters', 'main-path', 'no-tuning-files', 'fork', 'hostile-words', 'two-pull-requests'];

/**
 * Names of test files, without `.test.ts`, for the arguments of `npm run test:e2e`: none for the usual ones, `--all`, or
 * the names themselves.
 *
 * @throws ConfigurationError for a name that is not there
 */
export function chooseFiles(args: readonly string[], present: readonly string[]): readonly string[] {
  if (args.length === 0) return usual;
  if (args.length === 1 && args[0] === '--all') return present;
  const unknown = args.find((name) => !present.includes(name));
  if (unknown === undefined) return args;
  throw new ConfigurationError(`there is no workflow test ${unknown}; accepted are --all or ${present.join(', ')}`);
}
