import * as z from 'zod';
import { ConfigurationError } from '../../src/errors.ts';
import { historyBranchInput, parseInputs, plainNameInput } from '../../src/github/parse-inputs.ts';

const inputSchema = z.strictObject({
  'github-token': z.string(),
  branch: historyBranchInput,
  'run-directory': z.string().optional(),
  'comparison-file': z.string().optional(),
  host: plainNameInput.optional(),
  comparison: plainNameInput.optional(),
  author: z.string().max(120).default('github-actions[bot]'),
  'expected-every-hours': z
    .string()
    .regex(/^[1-9]\d{0,3}$/, { error: 'must be a whole number of hours from 1 to 9999' })
    .default('24')
    .transform(Number),
});

export interface Inputs {
  readonly token: string;
  readonly branch: string;
  /** Login under which the token writes. */
  readonly author: string;
  /** null: the runs that this workflow run has uploaded. */
  readonly run: {
    readonly folder: string;
    readonly comparisonFile: string | null;
    readonly host: string;
    /** null: as the candidate's profile. */
    readonly comparison: string | null;
  } | null;
  readonly periodSeconds: number;
}

/** @param read gives an input by its name, empty where it is not set */
export function readHistoryInputs(read: (name: string) => string): Inputs {
  const found = parseInputs(inputSchema, read);
  const folder = found['run-directory'];
  if (folder !== undefined && found.host === undefined) {
    throw new ConfigurationError('input host is missing: run-directory needs the name of the host it was measured on');
  }
  if (folder === undefined && found['comparison-file'] !== undefined) {
    throw new ConfigurationError('input run-directory is missing: comparison-file alone has no values of fresh starts');
  }
  return {
    token: found['github-token'],
    branch: found.branch,
    author: found.author,
    run:
      folder === undefined
        ? null
        : {
            folder,
            comparisonFile: found['comparison-file'] ?? null,
            host: found.host ?? '',
            comparison: found.comparison ?? null,
          },
    periodSeconds: found['expected-every-hours'] * 3600,
  };
}
