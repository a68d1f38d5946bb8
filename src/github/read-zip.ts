import { crc32, inflateRawSync } from 'node:zlib';
import { MeasurementError, messageOf } from '../errors.ts';

/** One file of an archive, as its central directory describes it. */
export interface ZipEntry {
  /** Relative, with forward slashes, no `.` or `..` in it. */
  readonly name: string;
  /** Bytes, as claimed; `readEntry` holds the archive to it. */
  readonly size: number;
  readonly compressedSize: number;
  readonly method: number;
  readonly crc: number;
  /** Where the local header begins. */
  readonly offset: number;
}

/** Most that is accepted of one archive; beyond it the archive is refused before anything is unpacked. */
export interface ZipLimits {
  readonly entries: number;
  /** Bytes of one file, unpacked. */
  readonly entryBytes: number;
  /** Bytes of all files together, unpacked. */
  readonly totalBytes: number;
}

const endSignature = 0x06054b50;
const centralSignature = 0x02014b50;
const localSignature = 0x04034b50;
const endLength = 22;
const centralLength = 46;
const localLength = 30;
const longestComment = 0xffff;
const fileTypes = { mask: 0o170000, regular: 0o100000, folder: 0o040000 };

/**
 * The files of a ZIP archive (APPNOTE.TXT of the format, 4.3): stored or deflated, nothing else. The artifact client
 * can unpack too, but knows no limit of size or number and follows what the archive says of paths; an artifact from a
 * measured host is not to be trusted that far. Folders are left out.
 *
 * @throws MeasurementError for links and other special files, paths that lead elsewhere, a name that appears twice,
 *   encryption, archives of several parts or beyond 4 GiB, more than the limits, and anything that is no archive
 */
export function listEntries(archive: Buffer, limits: ZipLimits): readonly ZipEntry[] {
  const { count, start } = readEnd(archive);
  if (count > limits.entries) throw refuse(`it has ${count} entries, at most ${limits.entries} are accepted`);
  const entries: ZipEntry[] = [];
  const names = new Set<string>();
  let at = start;
  for (let index = 0; index < count; index += 1) {
    const { entry, next } = readCentral(archive, at);
    at = next;
    if (entry === null) continue;
    if (names.has(entry.name)) throw refuse(`"${entry.name}" appears twice`);
    names.add(entry.name);
    entries.push(entry);
  }
  refuseLarge(entries, limits);
  return entries;
}

/** The bytes of one file, exactly as many as the archive claimed, with the checksum it claimed. */
export function readEntry(archive: Buffer, entry: ZipEntry): Buffer {
  const at = entry.offset;
  if (at + localLength > archive.length || archive.readUInt32LE(at) !== localSignature) {
    throw refuse(`"${entry.name}" is not where the archive says`);
  }
  const start = at + localLength + archive.readUInt16LE(at + 26) + archive.readUInt16LE(at + 28);
  const packed = archive.subarray(start, start + entry.compressedSize);
  const bytes = entry.method === 0 ? packed : inflate(packed, entry);
  if (bytes.length !== entry.size || crc32(bytes) !== entry.crc) {
    throw refuse(`"${entry.name}" does not have the size and checksum that the archive says`);
  }
  return bytes;
}

function inflate(packed: Buffer, entry: ZipEntry): Buffer {
  try {
    // The limit stops a bomb that claims to be small: the claim is all it may unpack to.
    return inflateRawSync(packed, { maxOutputLength: Math.max(entry.size, 1) });
  } catch (thrown) {
    throw refuse(`"${entry.name}" cannot be unpacked to the ${entry.size} bytes it claims (${messageOf(thrown)})`);
  }
}

function readEnd(archive: Buffer): { readonly count: number; readonly start: number } {
  const lowest = Math.max(0, archive.length - endLength - longestComment);
  for (let at = archive.length - endLength; at >= lowest; at -= 1) {
    if (archive.readUInt32LE(at) !== endSignature) continue;
    const count = archive.readUInt16LE(at + 10);
    const start = archive.readUInt32LE(at + 16);
    if (archive.readUInt16LE(at + 4) !== 0 || archive.readUInt16LE(at + 8) !== count || start === 0xffffffff) {
      throw refuse('it is in several parts or larger than 4 GiB');
    }
    return { count, start };
  }
  throw refuse('it is no ZIP archive, or not a whole one');
}

function readCentral(archive: Buffer, at: number): { readonly entry: ZipEntry | null; readonly next: number } {
  if (at + centralLength > archive.length || archive.readUInt32LE(at) !== centralSignature) {
    throw refuse('its list of files is damaged');
  }
  const nameEnd = at + centralLength + archive.readUInt16LE(at + 28);
  const name = archive.toString('utf8', at + centralLength, nameEnd);
  const next = nameEnd + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  const type = (archive.readUInt32LE(at + 38) >>> 16) & fileTypes.mask;
  const path = checkPath(name);
  if ((archive.readUInt16LE(at + 8) & 1) !== 0) throw refuse(`"${path}" is encrypted`);
  if (path.endsWith('/') && (type === 0 || type === fileTypes.folder)) return { entry: null, next };
  if (type !== 0 && type !== fileTypes.regular) throw refuse(`"${path}" is a link or no regular file`);
  const method = archive.readUInt16LE(at + 10);
  if (method !== 0 && method !== 8) throw refuse(`"${path}" is packed in a way (${method}) that is not accepted`);
  const [crc, compressedSize, size] = [16, 20, 24].map((field) => archive.readUInt32LE(at + field));
  const offset = archive.readUInt32LE(at + 42);
  if (crc === undefined || compressedSize === undefined || size === undefined) throw refuse('it is damaged');
  return { entry: { name: path, size, compressedSize, method, crc, offset }, next };
}

/** The uploading client writes `/run.jsonl`: one leading slash is no absolute path to it. */
function checkPath(name: string): string {
  const path = name.replace(/^\//, '');
  const parts = path.replace(/\/$/, '').split('/');
  const harmless = parts.every((part) => /^[A-Za-z0-9_][A-Za-z0-9._@+-]*$/.test(part));
  if (harmless && path.length <= 255) return path;
  throw refuse(`it has the path ${JSON.stringify(name.slice(0, 80))}; letters, digits and ._@+- below it are accepted`);
}

function refuseLarge(entries: readonly ZipEntry[], { entryBytes, totalBytes }: ZipLimits): void {
  const large = entries.find(({ size }) => size > entryBytes);
  if (large) throw refuse(`"${large.name}" has ${large.size} bytes, at most ${entryBytes} are accepted`);
  const total = entries.reduce((sum, { size }) => sum + size, 0);
  if (total > totalBytes) throw refuse(`it unpacks to ${total} bytes, at most ${totalBytes} are accepted`);
}

function refuse(finding: string): MeasurementError {
  return new MeasurementError(`the archive is refused: ${finding}`);
}
