import * as z from 'zod';
import { ConfigurationError } from '../../src/errors.ts';
import { type Effort, effortSchema, type Mode } from './effort.ts';
import type { Mark } from './marks/mark.ts';
import type { Outcome } from './parts/outcome.ts';
import { nightlyNoises } from './simulation/nightly.ts';

/** What one run of the evaluation leaves behind, as JSON: enough to write the document again. */
export interface Results {
  readonly schema: 'tunegate.evaluation/1';
  readonly mode: Mode;
  readonly seed: number;
  readonly percent: number;
  readonly repetitions: Effort;
  readonly outcomes: readonly Outcome[];
  readonly marks: readonly Mark[];
}

const count = z.int().min(0);
const counts = z.record(z.string(), count);
const many = { scenario: z.string(), repetitions: count };
const change = z.strictObject({ at: count, shift: z.number(), spreadFactor: z.number() });
const tally = z.strictObject({
  alarms: count,
  seriesWithFalseAlarm: count,
  placed: count,
  detected: count,
  delays: z.array(count),
  placeErrors: z.array(count),
});
const design = z.strictObject({ deployments: count, samples: count, observation: z.enum(['deployment', 'sample']) });

const kind = <Kind extends string, Shape extends z.core.$ZodLooseShape>(name: Kind, shape: Shape) =>
  z.strictObject({ kind: z.literal(name), ...shape });

export const outcomeSchema = z.discriminatedUnion('kind', [
  kind('null', { ...many, found: counts, significant: count, diagnosed: count, intervals: count, covering: count }),
  kind('power', { ...many, change: z.number(), found: counts, foundWhenTuned: counts }),
  kind('margin', {
    ...many,
    margin: z.number(),
    multiple: z.number(),
    found: count,
    foundWrongWay: count,
    unchanged: count,
    diagnosed: count,
  }),
  kind('family', { cells: count, repetitions: count, anyFound: counts }),
  kind('detectable', {
    scenario: z.string(),
    family: count,
    printed: count,
    foundInSameData: count,
    foundInNewRun: count,
    medianChange: z.number().nullable(),
  }),
  kind('stability', {
    comparisons: count,
    differentAgain: count,
    differentInOtherOrder: count,
    differentWhenSwapped: count,
  }),
  kind('smallest', {
    ...many,
    interquartileRange: z.number(),
    smallest: z.record(z.string(), z.number().nullable()),
  }),
  kind('nightly', {
    noise: z.enum(nightlyNoises),
    change: change.nullable(),
    series: count,
    nightsWatched: count,
    rules: z.record(z.string(), tally),
  }),
  kind('real', {
    group: z.string(),
    source: z.string(),
    design,
    change: z.number(),
    repetitions: count,
    found: counts,
  }),
]);

const resultsSchema = z.object({
  schema: z.literal('tunegate.evaluation/1'),
  mode: z.enum(['tiny', 'fast', 'full']),
  seed: z.int(),
  percent: z.int(),
  repetitions: effortSchema,
  outcomes: z.array(outcomeSchema),
});

/**
 * The results of an earlier run, without its marks: these are judged anew.
 *
 * @throws ConfigurationError naming the file and the first field that is wrong
 */
export function parseResults(text: string, file: string): Omit<Results, 'marks'> {
  const found = resultsSchema.safeParse(parseJson(text, file));
  if (!found.success) throw new ConfigurationError(`${file}: ${z.prettifyError(found.error).replaceAll('\n', ' ')}`);
  return found.data;
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ConfigurationError(`${file} is not JSON`, { cause: error });
  }
}
