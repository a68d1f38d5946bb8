import { createHash } from 'node:crypto';
import { appendFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { ConfigurationError } from '../../src/errors.ts';
import type { Outcome } from './parts/outcome.ts';
import { outcomeSchema } from './results.ts';
import type { WorkDone, WorkOrder } from './run-parts.ts';

/** Parts that are finished, on disk, so that an evaluation of hours that was interrupted can go on. */
export interface Checkpoint {
  /** By their place in the list of parts. */
  readonly finished: ReadonlyMap<number, Outcome>;
  add(done: WorkDone): Promise<void>;
}

const home = fileURLToPath(new URL('../..', import.meta.url));

/** What outcomes depend on, beside the order. */
const folders = ['src/comparison', 'src/statistics', 'test/evaluation', 'test/fixtures'];

const headerSchema = z.object({ order: z.string(), code: z.string() });
const lineSchema = z.object({ index: z.int().min(0), outcome: outcomeSchema });

/**
 * A file of lines: what was ordered of which code, then each part that is finished. A last line that was cut off by the
 * end of the program is left out.
 *
 * @param isResumed false: begins anew, whatever is there
 * @throws ConfigurationError when it is resumed and the file is missing, damaged, or of another order or other code
 */
export async function openCheckpoint(file: string, order: WorkOrder, isResumed: boolean): Promise<Checkpoint> {
  const header = { order: JSON.stringify(order), code: await hashCode() };
  const finished = isResumed ? await readFinished(file, header) : new Map<number, Outcome>();
  const lines = [header, ...[...finished].map(([index, outcome]) => ({ index, outcome }))];
  await writeFile(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return { finished, add: (done) => appendFile(file, `${JSON.stringify(done)}\n`) };
}

async function readFinished(file: string, wanted: z.infer<typeof headerSchema>): Promise<Map<number, Outcome>> {
  const refuse = (found: string) =>
    new ConfigurationError(`--resume: ${file} ${found}; accepted is what an interrupted run of the same command left`);
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) throw refuse('is not there');
  const [first = '', ...lines] = text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter(Boolean);
  const header = parse(headerSchema, first);
  if (header === null) throw refuse('does not begin as it should');
  if (header.order !== wanted.order) throw refuse(`is of ${header.order}, not of ${wanted.order}`);
  if (header.code !== wanted.code) throw refuse('is of other code: sources have changed since');
  return new Map(
    lines.map((line, index) => {
      const done = parse(lineSchema, line);
      if (done === null) throw refuse(`has a damaged line ${index + 2}`);
      return [done.index, done.outcome] as const;
    }),
  );
}

function parse<Shape extends z.ZodType>(schema: Shape, line: string): z.infer<Shape> | null {
  try {
    return schema.parse(JSON.parse(line));
  } catch {
    return null;
  }
}

async function hashCode(): Promise<string> {
  const hash = createHash('sha256');
  for (const folder of folders) {
    const entries = await readdir(join(home, folder), { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    for (const file of files.sort()) hash.update(file.slice(home.length)).update(await readFile(file));
  }
  return hash.digest('hex');
}
