import * as z from 'zod';
import { ConfigurationError } from '../../src/errors.ts';
import { historyBranchInput } from '../../src/github/parse-inputs.ts';
import { machineName } from '../../src/plans/inventory.schema.ts';
import { planSchema } from '../../src/plans/plan.schema.ts';
import { describeProblems } from '../../src/schema-words.ts';

const name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, { error: 'must be lower-case words joined by hyphens' });
const folder = z
  .string()
  .regex(/^[\w.-]+(\/[\w.-]+)*$/, { error: 'must be the path of a folder in the repository, without / at its ends' })
  .refine((path) => !path.split('/').some((part) => part === '.' || part === '..'), { error: 'must not lead upwards' });
const host = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, { error: 'must be the name of a host' });
const number = (most: number) =>
  z
    .string()
    .regex(/^[1-9]\d{0,6}$/, { error: 'must be a whole number' })
    .transform(Number)
    .pipe(z.int().min(1).max(most));
const list = <Item extends z.ZodType<string, string>>(item: Item, separator: RegExp) =>
  z
    .string()
    .transform((text) => [
      ...new Set(
        text
          .split(separator)
          .map((part) => part.trim())
          .filter((part) => part !== ''),
      ),
    ])
    .pipe(z.array(item).max(100));

const inputSchema = z.strictObject({
  'github-token': z.string().min(1, { error: 'must not be empty' }),
  'profiles-directory': folder,
  'plans-directory': folder,
  plan: name,
  /** What counts as a tuning file; empty: the usual places. */
  paths: list(z.string(), /\n/),
  hosts: list(host, /[\n,]/).refine((hosts) => hosts.length > 0, { error: 'must name one host or more' }),
  /** Empty: the runners measure the machines that they are on. */
  inventory: z.union([z.literal('').transform(() => null), machineName]),
  baseline: name,
  candidate: name,
  /** GitHub gives an empty text for what is absent. */
  deployments: z.union([
    z.literal('').transform(() => null),
    z
      .string()
      .regex(/^\d{1,9}$/, { error: 'must be a whole number' })
      .transform(Number)
      .pipe(planSchema.shape.deployments),
  ]),
  comparisons: number(20),
  'longest-minutes': number(5 * 24 * 60),
  'history-branch': historyBranchInput,
  'host-paths': list(z.string().startsWith('/', { error: 'must be whole paths' }), /\n/),
});

/** A matrix has 256 jobs at most. */
const mostJobs = 256;

export interface PlanInputs {
  readonly token: string;
  readonly profilesFolder: string;
  readonly plansFolder: string;
  readonly plan: string;
  readonly paths: readonly string[];
  readonly hosts: readonly string[];
  /** Name of the inventory that root keeps on the controller of the hosts; null: there is none. */
  readonly inventory: string | null;
  readonly baseline: string;
  readonly candidate: string;
  readonly deployments: number | null;
  readonly mostComparisons: number;
  readonly longestMinutes: number;
  readonly historyBranch: string;
  readonly hostPaths: readonly string[];
}

/** Parses all inputs, or throws one `ConfigurationError` for all that are wrong. */
export function readInputs(getInput: (name: string) => string): PlanInputs {
  const names = Object.keys(inputSchema.shape);
  const outcome = inputSchema.safeParse(Object.fromEntries(names.map((key) => [key, getInput(key)])));
  if (!outcome.success) {
    throw new ConfigurationError(`inputs: ${describeProblems(outcome.error)}`);
  }
  const found = outcome.data;
  if (found.hosts.length * found.comparisons > mostJobs) {
    throw new ConfigurationError(
      `inputs: ${found.hosts.length} hosts with ${found.comparisons} comparisons each are more than the ${mostJobs} jobs of a matrix`,
    );
  }
  const { 'profiles-directory': profilesFolder, 'plans-directory': plansFolder } = found;
  const usual = [`${profilesFolder}/*.yaml`, `${plansFolder}/*.yaml`, 'runner-setup/kernels/*.config'];
  return {
    token: found['github-token'],
    profilesFolder,
    plansFolder,
    plan: found.plan,
    paths: found.paths.length === 0 ? usual : found.paths,
    hosts: found.hosts,
    inventory: found.inventory,
    baseline: found.baseline,
    candidate: found.candidate,
    deployments: found.deployments,
    mostComparisons: found.comparisons,
    longestMinutes: found['longest-minutes'],
    historyBranch: found['history-branch'],
    hostPaths: found['host-paths'],
  };
}
