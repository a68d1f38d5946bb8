import { lstat, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Artifact, DefaultArtifactClient } from '@actions/artifact';
import { MeasurementError } from '../errors.ts';
import { listEntries, readEntry, type ZipLimits } from './read-zip.ts';

/** What is accepted of an artifact, and which of its files are unpacked: the others are left in the archive. */
export interface ArtifactRule {
  /** Bytes of the archive. */
  readonly archiveBytes: number;
  readonly limits: ZipLimits;
  readonly wanted: RegExp;
}

/**
 * Downloads an artifact and unpacks the wanted files into a new folder below `folder`, whose path it gives back. The
 * archive is kept as it is and unpacked here, where the limits are.
 *
 * @throws MeasurementError for an archive that is refused
 */
export async function fetchArtifact(
  client: DefaultArtifactClient,
  { id, name, size, digest }: Artifact,
  folder: string,
  rule: ArtifactRule,
): Promise<string> {
  refuseSize(size, rule);
  await mkdir(folder, { recursive: true });
  const room = await mkdtemp(join(folder, 'archive-'));
  try {
    const hash = digest === undefined || digest === '' ? {} : { expectedHash: digest };
    const { digestMismatch } = await client.downloadArtifact(id, { path: room, skipDecompress: true, ...hash });
    if (digestMismatch) throw new MeasurementError('what was downloaded is not what was uploaded (SHA-256)');
    return await unpack(await readArchive(room, rule), await mkdtemp(join(folder, `${name}-`)), rule);
  } finally {
    await rm(room, { recursive: true, force: true });
  }
}

async function readArchive(room: string, rule: ArtifactRule): Promise<Buffer> {
  const [file, ...others] = await readdir(room);
  if (file === undefined || others.length > 0) throw new MeasurementError('the download is not one file');
  const found = await lstat(join(room, file));
  if (!found.isFile()) throw new MeasurementError('the download is no regular file');
  // Its size in the list is the uploader's word.
  refuseSize(found.size, rule);
  return readFile(join(room, file));
}

function refuseSize(size: number, { archiveBytes }: ArtifactRule): void {
  if (size <= archiveBytes) return;
  throw new MeasurementError(`the archive has ${size} bytes, at most ${archiveBytes} are accepted`);
}

async function unpack(archive: Buffer, folder: string, { limits, wanted }: ArtifactRule): Promise<string> {
  for (const entry of listEntries(archive, limits)) {
    if (!wanted.test(entry.name)) continue;
    const path = join(folder, entry.name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, readEntry(archive, entry), { flag: 'wx' });
  }
  return folder;
}
