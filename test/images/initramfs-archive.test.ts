import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ArchiveEntry, buildArchiveScript } from '../../src/images/initramfs-archive.ts';
import { createLocalMachine } from '../../src/machines/local.ts';

interface Member {
  readonly name: string;
  readonly mode: string;
  readonly data: string;
  readonly device: readonly number[];
}

/** An independent reader of the format, strict about alignment. */
function readArchive(bytes: Buffer): Member[] {
  const members: Member[] = [];
  for (let at = 0; at < bytes.length; ) {
    expect(bytes.toString('latin1', at, at + 6)).toBe('070701');
    const field = (index: number) =>
      Number.parseInt(bytes.toString('latin1', at + 6 + 8 * index, at + 14 + 8 * index), 16);
    const nameEnd = at + 110 + field(11);
    expect(bytes[nameEnd - 1]).toBe(0);
    const start = Math.ceil(nameEnd / 4) * 4;
    members.push({
      name: bytes.toString('utf8', at + 110, nameEnd - 1),
      mode: field(1).toString(8),
      data: bytes.toString('latin1', start, start + field(6)),
      device: [field(9), field(10)],
    });
    at = Math.ceil((start + field(6)) / 4) * 4;
  }
  return members;
}

describe('buildArchiveScript', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "tunegate-it's-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const build = async (entries: readonly ArchiveEntry[]) => {
    const target = join(folder, 'guest.cpio');
    const input = buildArchiveScript(entries, target);
    await createLocalMachine().run({ program: 'sh', args: [] }, { timeoutSeconds: 10, input });
    return readFile(target);
  };

  it('writes every kind of entry', async () => {
    const source = join(folder, 'program');
    await writeFile(source, Buffer.from([0, 255, 10, 13, 92]));
    const text = "#!/bin/sh\nprintf '%s\\n' \"it's 100%\"\n";
    const members = readArchive(
      await build([
        { kind: 'folder', path: '/tmp', mode: 0o1777 },
        { kind: 'device', path: '/dev/console', mode: 0o600, major: 5, minor: 1 },
        { kind: 'file', path: '/bin/program', mode: 0o755, source, size: 5 },
        { kind: 'link', path: '/bin/sh', target: '/bin/program' },
        { kind: 'text', path: '/init', mode: 0o755, text },
        { kind: 'text', path: '/etc/empty', mode: 0o644, text: '' },
      ]),
    );
    expect(members).toEqual([
      { name: 'tmp', mode: '41777', data: '', device: [0, 0] },
      { name: 'dev/console', mode: '20600', data: '', device: [5, 1] },
      { name: 'bin/program', mode: '100755', data: '\x00\xff\n\r\\', device: [0, 0] },
      { name: 'bin/sh', mode: '120777', data: '/bin/program', device: [0, 0] },
      { name: 'init', mode: '100755', data: text, device: [0, 0] },
      { name: 'etc/empty', mode: '100644', data: '', device: [0, 0] },
      { name: 'TRAILER!!!', mode: '0', data: '', device: [0, 0] },
    ]);
  });

  it.each([0, 1, 2, 3, 4, 5])('keeps names and content of %i more bytes aligned', async (more) => {
    const filler = 'x'.repeat(more);
    const members = readArchive(
      await build([
        { kind: 'text', path: `/a${filler}`, mode: 0o644, text: `é${filler}` },
        { kind: 'text', path: '/b', mode: 0o644, text: 'last' },
      ]),
    );
    expect(members.map(({ name }) => name)).toEqual([`a${filler}`, 'b', 'TRAILER!!!']);
    expect(Buffer.from(members[0]?.data ?? '', 'latin1').toString('utf8')).toBe(`é${filler}`);
    expect(members[1]?.data).toBe('last');
  });

  it('makes the same bytes of the same entries', async () => {
    const entries: ArchiveEntry[] = [{ kind: 'text', path: '/init', mode: 0o755, text: 'same' }];
    expect(await build(entries)).toEqual(await build(entries));
  });

  it('fails when a file cannot be read', async () => {
    const missing: ArchiveEntry = { kind: 'file', path: '/a', mode: 0o644, source: '/nowhere/a', size: 3 };
    await expect(build([missing])).rejects.toThrow('/nowhere/a');
  });
});
