import { type FileHandle, open } from 'node:fs/promises';
import { type JournalLine, journalLineSchema } from './journal.schema.ts';

/** A journal line before it is stamped; distributes over the kinds. */
export type JournalEntry = JournalLine extends infer Line
  ? Line extends JournalLine
    ? Omit<Line, 'time'>
    : never
  : never;

export interface JournalWriter {
  /** Stamps, checks, appends and flushes one line to disk, so that a crash loses at most what is being measured. */
  write(entry: JournalEntry): Promise<void>;
  close(): Promise<void>;
}

/** Creates `FOLDER/run.jsonl`; a file that is there already is an error (EEXIST), never continued by accident. */
export async function createJournal(folder: string, now: () => Date): Promise<JournalWriter> {
  const file = await open(`${folder}/run.jsonl`, 'ax');
  return { write: (entry) => append(file, entry, now()), close: () => file.close() };
}

async function append(file: FileHandle, entry: JournalEntry, time: Date): Promise<void> {
  const { kind, ...rest } = entry;
  const line = journalLineSchema.parse({ kind, time: time.toISOString(), ...rest });
  await file.appendFile(`${JSON.stringify(line)}\n`);
  await file.datasync();
}
