import type * as z from 'zod';
import { ConfigurationError, messageOf } from '../errors.ts';
import { describeFound, describeIssue } from '../schema-words.ts';
import type { CellData, SampleEntry } from './cell-data.ts';
import { samplesSchema } from './samples.schema.ts';

type SamplesFile = z.infer<typeof samplesSchema>;
type RawCell = SamplesFile['cells'][number];
type RawEntry = RawCell['baseline'][number];

/**
 * The cells of a `tunegate.samples/1` text. The arrays of values are those of the parsed JSON, not copies.
 *
 * @param name the file's name in messages
 * @throws ConfigurationError naming file, path, what was found and what is accepted
 */
export function parseSamples(text: string, name: string): readonly CellData[] {
  const refuse = (finding: string) => new ConfigurationError(`${name}: ${finding}`);
  const data = parseJson(text, refuse);
  const outcome = samplesSchema.safeParse(data);
  if (!outcome.success) {
    const [issue] = outcome.error.issues;
    throw refuse(issue === undefined ? 'the file does not fit its schema' : describeIssue(issue, samplesSchema, data));
  }
  const { cells } = outcome.data;
  refuseRepeatedIds(cells, refuse);
  return cells.map((cell, index) => readCell(cell, `cells[${index}]`, refuse));
}

type Refuse = (finding: string) => ConfigurationError;

function parseJson(text: string, refuse: Refuse): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    // The message quotes the text around the fault, line breaks and all.
    const reason = messageOf(thrown).replace(/\s+/g, ' ');
    throw refuse(`this is no JSON (${reason}), a tunegate.samples/1 document is accepted`);
  }
}

function refuseRepeatedIds(cells: readonly RawCell[], refuse: Refuse): void {
  const known = new Set<string>();
  for (const [index, { id }] of cells.entries()) {
    if (known.has(id)) throw refuse(`cells[${index}].id must be unique, found ${describeFound(id)} a second time`);
    known.add(id);
  }
}

function readCell(cell: RawCell, path: string, refuse: Refuse): CellData {
  const read = (side: 'baseline' | 'candidate') =>
    cell[side].map((entry, index) => readEntry(entry, cell.observation, `${path}.${side}[${index}]`, refuse));
  return { ...cell, baseline: read('baseline'), candidate: read('candidate') };
}

function readEntry(entry: RawEntry, observation: RawCell['observation'], path: string, refuse: Refuse): SampleEntry {
  if (observation === 'block' && entry.block === undefined) {
    throw refuse(`${path}.block is missing, the observation "block" needs a whole number of at least 0`);
  }
  return { ...entry, values: readValues(entry.values, `${path}.values`, refuse) };
}

function readValues(values: unknown, path: string, refuse: Refuse): readonly number[] {
  if (values === undefined) throw refuse(`${path} is missing, it must be a list of numbers`);
  if (!Array.isArray(values)) throw refuse(`${path} must be a list of numbers, found ${describeFound(values)}`);
  const list: readonly unknown[] = values;
  if (isNumbers(list)) return list;
  const wrong = list.findIndex((value) => !Number.isFinite(value));
  throw refuse(`${path}[${wrong}] must be a finite number, found ${describeFound(list[wrong])}`);
}

function isNumbers(values: readonly unknown[]): values is readonly number[] {
  return values.every(Number.isFinite);
}
