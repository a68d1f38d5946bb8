import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { parseJournal } from '../../src/results/read-journal.ts';
import { findWholeLines } from '../../src/results/whole-lines.ts';
import { continueJournal, createJournal } from '../../src/results/write-journal.ts';
import { buildRun, renderJournal } from '../comparison/build-run.ts';

const run = buildRun();
const text = renderJournal(run);
const scratch = mkdtempSync(`${tmpdir()}/tunegate-write-`);
const file = `${scratch}/run.jsonl`;
const now = () => new Date('2026-01-02T03:04:06Z');
const resumed = '{"kind":"resume","time":"2026-01-02T03:04:06.000Z","reason":"asked for"}\n';

afterAll(() => rmSync(scratch, { recursive: true }));

/** What is in the file after one more line was written to a journal with this text. */
async function goOnAfter(journal: string): Promise<string> {
  writeFileSync(file, journal);
  const writer = await continueJournal(scratch, now);
  await writer.write({ kind: 'resume', reason: 'asked for' });
  await writer.close();
  return readFileSync(file, 'utf8');
}

describe('continueJournal', () => {
  it('appends and leaves what is there', async () => {
    expect(await goOnAfter(text)).toBe(text + resumed);
  });

  it('cuts off a last line that is half written, however it looks', async () => {
    for (const tail of ['{"kind":"sam', '{"kind":"sam\n', '\0\0\0\0', '\n', '{"reason":"h\u00e4l']) {
      expect(await goOnAfter(text + tail)).toBe(text + resumed);
    }
    const bytes = Buffer.concat([Buffer.from(text), Buffer.from('{"reason":"h\u00e4').subarray(0, -1)]);
    expect(findWholeLines(bytes)).toEqual({ length: Buffer.byteLength(text), lacksNewline: false });
  });

  it('keeps a last line that lacks only its newline', async () => {
    expect(await goOnAfter(text.trimEnd())).toBe(text + resumed);
  });

  it('appends also to what somebody else appended meanwhile', async () => {
    writeFileSync(file, text);
    const writer = await continueJournal(scratch, now);
    appendFileSync(file, resumed);
    await writer.write({ kind: 'resume', reason: 'asked for' });
    await writer.close();
    expect(readFileSync(file, 'utf8')).toBe(text + resumed + resumed);
  });

  it('makes no journal where there is none, as createJournal continues none', async () => {
    rmSync(file);
    await expect(continueJournal(scratch, now)).rejects.toThrow('ENOENT');
    writeFileSync(file, text);
    await expect(createJournal(scratch, now)).rejects.toThrow('EEXIST');
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('keeps what the reader reads, wherever the file was cut', () => {
    const header = text.indexOf('\n') + 1;
    fc.assert(
      fc.property(fc.integer({ min: header, max: text.length }), (end) => {
        const bytes = Buffer.from(text.slice(0, end));
        const { length, lacksNewline } = findWholeLines(bytes);
        const mended = bytes.subarray(0, length).toString() + (lacksNewline ? '\n' : '');
        expect(mended.endsWith('\n')).toBe(true);
        expect(text.startsWith(mended)).toBe(true);
        const before = parseJournal(bytes.toString(), 'cut');
        expect(parseJournal(mended, 'mended')).toEqual({ ...before, warnings: [] });
      }),
    );
  });
});
