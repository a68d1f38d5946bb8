import * as z from 'zod';
import { type Needs, parseNeeds } from '../../src/github/needs.ts';
import { historyBranchInput, parseInputs } from '../../src/github/parse-inputs.ts';

const inputsSchema = z.strictObject({
  'github-token': z.string(),
  phase: z.enum(['announce', 'result']).default('result'),
  'plan-directory': z.string().optional(),
  'run-directories': z.string().optional(),
  gate: z.enum(['true', 'false']).default('true'),
  policy: z
    .string()
    .regex(/^(?!\/)(?!.*(^|\/)\.\.(\/|$))[^\\]{1,200}$/, { error: 'must be a path inside the repository' })
    .default('tunegate.policy.yaml'),
  'history-branch': historyBranchInput,
  needs: z.string().optional(),
  'head-sha': z
    .string()
    .regex(/^[0-9a-f]{40}$/, { error: 'must be a full commit SHA' })
    .optional(),
  'comment-author': z.string().max(120).default('github-actions[bot]'),
});

export interface ReportInputs {
  readonly token: string;
  readonly phase: 'announce' | 'result';
  /** null: downloaded from this workflow run. */
  readonly planDirectory: string | null;
  /** null: downloaded from this workflow run. */
  readonly runDirectories: readonly string[] | null;
  /** false: verdicts are shown, and none of them fails the check. */
  readonly gate: boolean;
  /** Path of the policy on the default branch. */
  readonly policy: string;
  /** Holds the recorded nights. */
  readonly historyBranch: string;
  /** null: what became of the other jobs is not known. */
  readonly needs: Needs | null;
  readonly headSha: string | null;
  readonly commentAuthor: string;
}

export function readReportInputs(read: (name: string) => string): ReportInputs {
  const inputs = parseInputs(inputsSchema, read);
  const directories = inputs['run-directories']
    ?.split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return {
    token: inputs['github-token'],
    phase: inputs.phase,
    planDirectory: inputs['plan-directory'] ?? null,
    runDirectories: directories ?? null,
    gate: inputs.gate === 'true',
    policy: inputs.policy,
    historyBranch: inputs['history-branch'],
    needs: inputs.needs === undefined ? null : parseNeeds(inputs.needs),
    headSha: inputs['head-sha'] ?? null,
    commentAuthor: inputs['comment-author'],
  };
}
