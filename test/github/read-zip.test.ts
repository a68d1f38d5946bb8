import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MeasurementError } from '../../src/errors.ts';
import { listEntries, readEntry, type ZipLimits } from '../../src/github/read-zip.ts';
import { buildZip, type ZipFile } from './build-zip.ts';

const limits: ZipLimits = { entries: 10, entryBytes: 1000, totalBytes: 1500 };

function unpack(archive: Buffer): Record<string, string> {
  return Object.fromEntries(
    listEntries(archive, limits).map((entry) => [entry.name, readEntry(archive, entry).toString()]),
  );
}
const unpackFiles = (...files: ZipFile[]) => unpack(buildZip(files));

describe('a ZIP archive', () => {
  it('gives its files, without folders', () => {
    const found = unpackFiles(
      { name: '/run.jsonl', content: 'journal' },
      { name: 'logs/', mode: 0o040755 },
      { name: 'logs/d001-qemu.log', content: 'console' },
      { name: 'empty', content: '' },
      { name: 'stored', content: '', claims: { method: 8 } },
    );
    expect(found).toEqual({ 'run.jsonl': 'journal', 'logs/d001-qemu.log': 'console', empty: '', stored: '' });
  });

  it.each([
    ['a link', { name: 'run.jsonl', content: '/etc/passwd', mode: 0o120777 }, 'link'],
    ['a device', { name: 'run.jsonl', mode: 0o020666 }, 'link or no regular file'],
    ['a path upwards', { name: '../run.jsonl', content: 'a' }, 'path'],
    ['a path upwards inside', { name: 'logs/../../run.jsonl' }, 'path'],
    ['an absolute path', { name: '//etc/passwd' }, 'path'],
    ['a path of Windows', { name: '..\\run.jsonl' }, 'path'],
    ['a drive', { name: 'C:run.jsonl' }, 'path'],
    ['a path with an end inside', { name: 'run.jsonl\u0000.txt' }, 'path'],
    ['a path with a line break', { name: 'run\n::error::.jsonl' }, 'path'],
    ['a hidden file', { name: '.git/config' }, 'path'],
    ['a path without a name', { name: '' }, 'path'],
    ['a long path', { name: 'a'.repeat(300) }, 'path'],
    ['an encrypted file', { name: 'run.jsonl', claims: { flags: 1 } }, 'encrypted'],
    ['an unknown method', { name: 'run.jsonl', claims: { method: 12 } }, 'packed in a way'],
    ['a large file', { name: 'run.jsonl', content: 'a'.repeat(1001) }, 'at most 1000'],
    [
      'a bomb that claims to be small',
      { name: 'run.jsonl', content: Buffer.alloc(1e8), claims: { size: 10 } },
      'claims',
    ],
    [
      'a file that is smaller than it claims',
      { name: 'run.jsonl', content: 'a', claims: { size: 2 } },
      'size and checksum',
    ],
    ['another checksum', { name: 'run.jsonl', content: 'a', claims: { crc: 1 } }, 'size and checksum'],
  ] as [string, ZipFile, string][])('refuses %s', (_, file, finding) => {
    const act = () => unpackFiles(file);
    expect(act).toThrow(MeasurementError);
    expect(act).toThrow(finding);
  });

  it('refuses a name that appears twice, too many entries and too much together', () => {
    expect(() => unpackFiles({ name: 'a' }, { name: '/a' })).toThrow('appears twice');
    const many = Array.from({ length: 11 }, (_, index) => ({ name: `f${index}` }));
    expect(() => unpackFiles(...many)).toThrow('11 entries, at most 10');
    const large = { content: 'a'.repeat(800) };
    expect(() => unpackFiles({ name: 'a', ...large }, { name: 'b', ...large })).toThrow('1600 bytes, at most 1500');
  });

  it('refuses whatever is cut off', () => {
    const whole = buildZip([{ name: 'run.jsonl', content: 'journal' }]);
    for (let length = 0; length < whole.length; length += 1) {
      expect(() => unpack(whole.subarray(0, length))).toThrow(MeasurementError);
    }
  });

  it('gives the right files or refuses, whichever byte is changed', () => {
    const whole = buildZip([{ name: 'run.jsonl', content: 'a journal of some length' }]);
    fc.assert(
      fc.property(fc.nat({ max: whole.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const changed = Buffer.from(whole);
        changed[at] = (changed[at] ?? 0) ^ change;
        try {
          const [text] = Object.values(unpack(changed));
          // A file that is not there is missed by whoever wants it.
          expect([undefined, 'a journal of some length']).toContain(text);
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(MeasurementError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
