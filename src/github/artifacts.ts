import { lstat, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Artifact, DefaultArtifactClient } from '@actions/artifact';
import { MeasurementError, messageOf } from '../errors.ts';
import { buildPlanArtifactName, buildRunArtifactName, type MeasuredPair } from './artifact-names.ts';
import { listEntries, readEntry, type ZipLimits } from './read-zip.ts';

const mebibyte = 1024 * 1024;

/** What is accepted of an artifact, and which of its files are unpacked: the others are left in the archive. */
interface ArtifactRule {
  /** Bytes of the archive. */
  readonly archiveBytes: number;
  readonly limits: ZipLimits;
  readonly wanted: RegExp;
}

/** A night of the full plan is a journal of 10 MiB; consoles of guests come on top and are not unpacked. */
const runRule: ArtifactRule = {
  archiveBytes: 64 * mebibyte,
  limits: { entries: 5000, entryBytes: 64 * mebibyte, totalBytes: 256 * mebibyte },
  wanted: /^run\.jsonl$/,
};

const planRule: ArtifactRule = {
  archiveBytes: 4 * mebibyte,
  limits: { entries: 1000, entryBytes: mebibyte, totalBytes: 16 * mebibyte },
  wanted: /^(request\.json|[^/]+\/(plan|baseline|candidate)\.yaml)$/,
};

/** As many jobs as GitHub lets a matrix have. */
const mostRuns = 256;

/** Where artifacts of this workflow run go, and which attempt of the run asks. */
export interface DownloadTarget {
  /** A folder of the runner's temporary files, never the workspace. */
  readonly folder: string;
  /** GITHUB_RUN_ATTEMPT; what a later attempt wrote is not looked at. */
  readonly attempt: number;
}

/** What became of one artifact: the folder with its files, or why there is none. `id` is null for a folder of this job. */
export type Download =
  | { readonly kind: 'found'; readonly folder: string; readonly attempt: number; readonly id: number | null }
  | { readonly kind: 'missing' }
  | { readonly kind: 'refused'; readonly reason: string };

export interface RunDownload extends MeasuredPair {
  readonly download: Download;
}

/**
 * Uploads the regular files below a folder. Links are left out: the client would follow them out of the folder.
 *
 * @returns id of the artifact and bytes uploaded
 */
export async function uploadFolder(
  name: string,
  folder: string,
): Promise<{ readonly id: number; readonly size: number }> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  if (files.length === 0) throw new MeasurementError(`the artifact ${name} cannot be made: ${folder} has no files`);
  const { id, size } = await (await createArtifactClient()).uploadArtifact(name, files.sort(), folder);
  if (id === undefined) throw new MeasurementError(`the artifact ${name} was made, but has no id`);
  return { id, size: size ?? 0 };
}

/** The plan directory that this workflow run uploaded, in its newest attempt that did. */
export async function downloadPlan(target: DownloadTarget): Promise<Download> {
  const client = await createArtifactClient();
  const { artifacts } = await client.listArtifacts({ latest: true });
  return downloadNewest(client, artifacts, { ...target, rule: planRule, nameOf: buildPlanArtifactName });
}

/**
 * The journals of these pairs, of this workflow run alone. Only artifacts with exactly the expected names are looked
 * at; of several attempts the newest (jobs that are not run again keep what they had). One that is refused or cannot be
 * read does not keep the others away.
 *
 * @throws MeasurementError when two pairs would have the same name, or there are more than a matrix can have
 */
export async function downloadRuns(
  pairs: readonly MeasuredPair[],
  target: DownloadTarget,
): Promise<readonly RunDownload[]> {
  const names = new Set(pairs.map((pair) => buildRunArtifactName(pair, target.attempt)));
  if (names.size !== pairs.length || pairs.length > mostRuns) {
    throw new MeasurementError(
      `${pairs.length} runs have ${names.size} names of artifacts; one name each and at most ${mostRuns} are accepted`,
    );
  }
  const client = await createArtifactClient();
  const { artifacts } = await client.listArtifacts({ latest: true });
  const downloads: RunDownload[] = [];
  for (const pair of pairs) {
    const nameOf = (attempt: number) => buildRunArtifactName(pair, attempt);
    downloads.push({
      ...pair,
      download: await downloadNewest(client, artifacts, { ...target, rule: runRule, nameOf }),
    });
  }
  return downloads;
}

interface Wanted extends DownloadTarget {
  readonly rule: ArtifactRule;
  readonly nameOf: (attempt: number) => string;
}

async function downloadNewest(
  client: DefaultArtifactClient,
  artifacts: readonly Artifact[],
  { folder, attempt: newest, rule, nameOf }: Wanted,
): Promise<Download> {
  for (let attempt = newest; attempt >= 1; attempt -= 1) {
    const name = nameOf(attempt);
    const artifact = artifacts.find((candidate) => candidate.name === name);
    if (artifact === undefined) continue;
    try {
      return { kind: 'found', folder: await fetchArtifact(client, artifact, folder, rule), attempt, id: artifact.id };
    } catch (thrown) {
      return { kind: 'refused', reason: `artifact ${name}: ${messageOf(thrown)}` };
    }
  }
  return { kind: 'missing' };
}

/** The archive is kept as it is and unpacked here, where the limits are. */
async function fetchArtifact(
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

/** Loaded when needed: it is the heaviest of all clients (3 MB, 0.1 s). */
async function createArtifactClient(): Promise<DefaultArtifactClient> {
  const { DefaultArtifactClient } = await import('@actions/artifact');
  return new DefaultArtifactClient();
}
