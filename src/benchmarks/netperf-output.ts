import * as z from 'zod';
import { MeasurementError } from '../errors.ts';
import type { ToolOutput } from './benchmark.ts';
import { excerpt, requireNormalEnd } from './tool-output.ts';

/** What netperf reported, by selector, as it was printed. */
export type NetperfValues = ReadonlyMap<string, string>;

/**
 * Reads netperf's key=value form (`-P 0 ... -k SELECTORS`):
 *
 *     THROUGHPUT=23327.44
 *     THROUGHPUT_UNITS=Trans/s
 *     RT_LATENCY=42.868
 *     LOCAL_CONG_CONTROL=
 *
 * netperf leaves out a selector that it does not know, without a word; whoever asks must check that it is there.
 */
export function parseNetperfOutput(output: ToolOutput): NetperfValues {
  requireNormalEnd('netperf', output);
  const values = new Map<string, string>();
  for (const line of output.stdout.split('\n')) {
    if (line.trim() === '') continue;
    const [, name, value] = /^([A-Z][A-Z0-9_]*)=(.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) {
      throw new MeasurementError(`netperf printed "${excerpt(line)}" where a line NAME=VALUE was expected`);
    }
    if (values.has(name)) throw new MeasurementError(`netperf reported ${name} twice where one test was expected`);
    values.set(name, value.trim());
  }
  return values;
}

/** A number within bounds; `wanted` completes the sentence "which must be ...". */
const figure = (accepts: (value: number) => boolean, wanted: string) =>
  z
    .string()
    .regex(/^-?\d+(\.\d+)?$/, { error: wanted })
    .transform(Number)
    .refine((value) => Number.isFinite(value) && accepts(value), { error: wanted });

/** Zero or more. */
export const amount = figure((value) => value >= 0, 'a number of zero or more');

/** A whole number of zero or more; netperf writes -1 for a count that it does not have. */
export const count = figure((value) => Number.isInteger(value) && value >= 0, 'a whole number of zero or more');

/** netperf ends with exit code 0 after a test in which nothing arrived, and this is how it shows. */
export const throughput = figure(
  (value) => value > 0,
  'more than zero: nothing arrived, so the data port may be blocked or the peer gone',
);

/** A selector that must read exactly this. */
export const word = (expected: string) => z.literal(expected, { error: expected });

/** The figures of a test; the first selector that is absent or out of bounds becomes the message. */
export function readFigures<Schema extends z.ZodObject>(schema: Schema, values: NetperfValues): z.infer<Schema> {
  const parsed = schema.safeParse(Object.fromEntries(values));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const selector = String(issue?.path[0]);
  throw new MeasurementError(
    values.has(selector)
      ? `netperf reported ${selector}=${excerpt(values.get(selector) ?? '')}, which must be ${issue?.message}`
      : `netperf reported no ${selector}, which was asked for`,
  );
}
