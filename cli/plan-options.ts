import type { Command } from 'commander';
import type * as z from 'zod';
import { ConfigurationError } from '../src/errors.ts';
import { type Plan, planSchema } from '../src/plans/plan.schema.ts';
import { describeAccepted, describeFound } from '../src/schema-words.ts';

/** Flags of `plan` and `measure`, as they were typed. */
export interface PlanOptions {
  readonly baseline: string;
  readonly candidate: string;
  readonly deployments?: string;
  readonly samples?: string;
  readonly seconds?: string;
  readonly layers?: string;
  readonly tests?: string;
}

/** The seed of a run that names none: the same plan then has the same order everywhere. */
export const usualSeed = 1;

export function addPlanOptions(command: Command): Command {
  return command
    .option('--baseline <profile>', 'name or path of the profile to compare with', 'stock')
    .option('--candidate <profile>', 'name or path of the profile under test', 'tuned')
    .option('--deployments <number>', 'fresh starts of each guest per side, instead of what the plan says')
    .option('--samples <number>', 'samples of each test per fresh start')
    .option('--seconds <number>', 'duration of one sample')
    .option('--layers <list>', 'layers that are the treatment, joined by commas')
    .option('--tests <list>', 'tests, joined by commas');
}

/** The plan with what the flags say instead, held to the same schema as the file. */
export function overridePlan(plan: Plan, options: Partial<PlanOptions>): Plan {
  return {
    ...plan,
    deployments: overrideNumber('deployments', plan, options),
    samples: overrideNumber('samples', plan, options),
    seconds: overrideNumber('seconds', plan, options),
    layers: overrideList('layers', { planned: plan.layers, schema: planSchema.shape.layers }, options.layers),
    tests: overrideList('tests', { planned: plan.tests, schema: planSchema.shape.tests }, options.tests),
  };
}

/** `--seed`, a whole number from 0; left out, the usual one. */
export function parseSeed(text: string | undefined): number {
  if (text === undefined) return usualSeed;
  const seed = readNumber(text);
  if (typeof seed === 'number' && Number.isSafeInteger(seed)) return seed;
  throw refuse('seed', `a whole number from 0 to ${Number.MAX_SAFE_INTEGER}`, text);
}

function overrideNumber(
  name: 'deployments' | 'samples' | 'seconds',
  plan: Plan,
  options: Partial<PlanOptions>,
): number {
  const text = options[name];
  if (text === undefined) return plan[name];
  const outcome = planSchema.shape[name].safeParse(readNumber(text));
  if (outcome.success) return outcome.data;
  throw refuse(name, describeAccepted(planSchema, [name]), text);
}

function overrideList<Item>(
  name: 'layers' | 'tests',
  { planned, schema }: { readonly planned: Item[]; readonly schema: z.ZodType<Item[]> },
  text: string | undefined,
): Item[] {
  if (text === undefined) return planned;
  const outcome = schema.safeParse(text.split(',').map((item) => item.trim()));
  if (outcome.success) return outcome.data;
  throw refuse(name, `${describeAccepted(planSchema, [name])}, joined by commas, each once`, text);
}

/** Decimal digits only: `Number` would also take an empty text, `0x10` and `1e3`. */
function readNumber(text: string): unknown {
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

function refuse(flag: string, accepted: string, text: string): ConfigurationError {
  return new ConfigurationError(`--${flag} must be ${accepted}, found ${describeFound(text)}`);
}
