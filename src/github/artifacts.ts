import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Artifact, DefaultArtifactClient } from '@actions/artifact';
import { MeasurementError, messageOf } from '../errors.ts';
import type { MeasuredPair } from '../plans/measured-pairs.ts';
import { buildPlanArtifactName, buildRunArtifactName } from './artifact-names.ts';
import { type ArtifactRule, fetchArtifact } from './fetch-artifact.ts';

const mebibyte = 1024 * 1024;

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

/** Loaded when needed: it is the heaviest of all clients (3 MB, 0.1 s). */
async function createArtifactClient(): Promise<DefaultArtifactClient> {
  const { DefaultArtifactClient } = await import('@actions/artifact');
  return new DefaultArtifactClient();
}
