/** Something in the archive; paths are absolute in the guest. */
export type ArchiveEntry =
  | { readonly kind: 'folder'; readonly path: string; readonly mode: number }
  /** `size` in bytes of the file `source` on the machine that makes the archive. */
  | {
      readonly kind: 'file';
      readonly path: string;
      readonly mode: number;
      readonly source: string;
      readonly size: number;
    }
  | { readonly kind: 'text'; readonly path: string; readonly mode: number; readonly text: string }
  | { readonly kind: 'link'; readonly path: string; readonly target: string }
  | {
      readonly kind: 'device';
      readonly path: string;
      readonly mode: number;
      readonly major: number;
      readonly minor: number;
    };

const fileTypes = { folder: 0o040000, file: 0o100000, text: 0o100000, link: 0o120000, device: 0o020000 } as const;

/**
 * A shell script for standard input of `sh` that writes an initramfs to `target`: a cpio archive in the format `newc`
 * (https://docs.kernel.org/driver-api/early-userspace/buffer-format.html), uncompressed since unpacking would cost the
 * guest more than reading. Owners and times are zero: same entries, same bytes.
 */
export function buildArchiveScript(entries: readonly ArchiveEntry[], target: string): string {
  const trailer = formatHeader({ name: 'TRAILER!!!', inode: 0, mode: 0, size: 0 });
  return [
    'set -e',
    `exec >${quote(target)}`,
    ...entries.flatMap((entry, index) => buildEntry(entry, index + 1)),
    trailer,
    '',
  ].join('\n');
}

function buildEntry(entry: ArchiveEntry, inode: number): string[] {
  const content = entry.kind === 'text' ? entry.text : entry.kind === 'link' ? entry.target : '';
  const size = entry.kind === 'file' ? entry.size : countBytes(content);
  const mode = fileTypes[entry.kind] | (entry.kind === 'link' ? 0o777 : entry.mode);
  const header = formatHeader({
    name: entry.path.replace(/^\//, ''),
    inode,
    mode,
    size,
    ...(entry.kind === 'device' ? { device: [entry.major, entry.minor] as const } : {}),
  });
  if (size === 0) return [header];
  const body = entry.kind === 'file' ? `cat -- ${quote(entry.source)}` : print(content);
  return [header, body, ...pad(size)];
}

interface Header {
  readonly name: string;
  readonly inode: number;
  readonly mode: number;
  readonly size: number;
  readonly device?: readonly [major: number, minor: number];
}

function formatHeader({ name, inode, mode, size, device = [0, 0] }: Header): string {
  const nameSize = countBytes(name) + 1;
  // inode, mode, uid, gid, links, time, size, device of the file system (2), device (2), length of the name, checksum
  const fields = [inode, mode, 0, 0, 1, 0, size, 0, 0, ...device, nameSize, 0];
  const head = `070701${fields.map((field) => field.toString(16).padStart(8, '0')).join('')}${name}`;
  return print(`${head}${'\0'.repeat(1 + countPadding(110 + nameSize))}`);
}

function pad(size: number): string[] {
  const count = countPadding(size);
  return count === 0 ? [] : [print('\0'.repeat(count))];
}

function countPadding(size: number): number {
  return (4 - (size % 4)) % 4;
}

function countBytes(text: string): number {
  return new TextEncoder().encode(text).length;
}

function print(text: string): string {
  const format = text.replaceAll('\\', '\\\\').replaceAll('%', '%%').replaceAll('\0', '\\000');
  return `printf ${quote(format)}`;
}

/** One word of a shell, whatever it holds. */
function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
