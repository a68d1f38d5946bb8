import { basename } from 'node:path';
import { ConfigurationError } from '../../src/errors.ts';
import { buildRunArtifactName } from '../../src/github/artifact-names.ts';
import type { RunDownload } from '../../src/github/artifacts.ts';
import type { MeasuredPair } from '../../src/plans/measured-pairs.ts';

/**
 * Folders of runs that a job has already, each for its pair: by the name that the action `measure` gives them, or the
 * only one for the only pair.
 *
 * @throws ConfigurationError for a folder that belongs to no pair, or to one that has a folder
 */
export function matchDirectories(pairs: readonly MeasuredPair[], folders: readonly string[]): readonly RunDownload[] {
  const [onlyPair] = pairs;
  const [onlyFolder] = folders;
  if (onlyPair !== undefined && onlyFolder !== undefined && pairs.length === 1 && folders.length === 1) {
    return [{ ...onlyPair, download: describeFolder(onlyFolder) }];
  }
  const found = new Map<MeasuredPair, string>();
  for (const folder of folders) {
    const pair = pairs.find((candidate) => isNamedAfter(folder, candidate));
    if (pair === undefined || found.has(pair)) {
      const accepted = 'one folder of the action measure for each host and comparison is accepted';
      throw new ConfigurationError(`run-directories: ${folder} belongs to no run that was asked for, ${accepted}`);
    }
    found.set(pair, folder);
  }
  return pairs.map((pair) => {
    const folder = found.get(pair);
    return { ...pair, download: folder === undefined ? { kind: 'missing' } : describeFolder(folder) };
  });
}

function isNamedAfter(folder: string, pair: MeasuredPair): boolean {
  const attempt = /-([1-9]\d{0,5})$/.exec(basename(folder))?.[1];
  return attempt !== undefined && basename(folder) === buildRunArtifactName(pair, Number(attempt));
}

function describeFolder(folder: string): RunDownload['download'] {
  return { kind: 'found', folder, attempt: 1, id: null };
}
