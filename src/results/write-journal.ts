import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { type JournalLine, journalLineSchema } from './journal.schema.ts';
import { findWholeLines } from './whole-lines.ts';

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
  return createWriter(await open(`${folder}/run.jsonl`, 'ax'), now);
}

/**
 * Opens `FOLDER/run.jsonl` to go on after its last whole line: what a crash left half written is cut off, everything
 * before it stays byte for byte. No file is an error (ENOENT). Only for the owner of the machine's lock.
 */
export async function continueJournal(folder: string, now: () => Date): Promise<JournalWriter> {
  const file = await open(`${folder}/run.jsonl`, constants.O_RDWR | constants.O_APPEND);
  try {
    await mendEnd(file);
  } catch (thrown) {
    await file.close();
    throw thrown;
  }
  return createWriter(file, now);
}

function createWriter(file: FileHandle, now: () => Date): JournalWriter {
  return { write: (entry) => append(file, entry, now()), close: () => file.close() };
}

async function mendEnd(file: FileHandle): Promise<void> {
  const { length, lacksNewline } = findWholeLines(await file.readFile());
  await file.truncate(length);
  if (lacksNewline) await file.appendFile('\n');
  await file.datasync();
}

async function append(file: FileHandle, entry: JournalEntry, time: Date): Promise<void> {
  const { kind, ...rest } = entry;
  const line = journalLineSchema.parse({ kind, time: time.toISOString(), ...rest });
  await file.appendFile(`${JSON.stringify(line)}\n`);
  await file.datasync();
}
