import { createHash } from 'node:crypto';
import * as z from 'zod';
import { ConfigurationError } from '../errors.ts';
import type { NamedText } from '../profiles/resolve-profile.ts';
import type { GitHub, RepositoryName } from './client.ts';
import { parseAnswer } from './parse-answer.ts';
import { statusOf } from './request-errors.ts';

/** Bytes; the same as the command accepts of a file. */
const largestFile = 256 * 1024;

/** GitHub lists no more of one folder, and does not say that there are more. */
const mostListed = 1000;

/** Files with the wanted ending in one folder; a repository of tunings has some dozens. */
const mostFiles = 200;

export interface FolderEntry {
  readonly name: string;
  readonly path: string;
  /** Of the content, so that equal files need not be read to be known as equal. */
  readonly sha: string;
  readonly size: number;
  readonly isFile: boolean;
}

const entrySchema = z.object({
  name: z.string().min(1),
  path: z.string().min(1),
  sha: z.string().regex(/^[0-9a-f]{40}$/),
  size: z.int().min(0),
  type: z.string(),
});

const blobSchema = z.object({ content: z.string(), encoding: z.literal('base64') });

/** Reads files of a repository at exact commits, through the API: nothing is checked out. */
export interface FileReader {
  /** Entries of a folder with this ending; none where the folder is missing. Throws `ConfigurationError` on too many. */
  listFolder(commit: string, path: string, ending: string): Promise<readonly FolderEntry[]>;
  /** Throws `ConfigurationError` on what is no regular file, too large, or no text in UTF-8. */
  readText(entry: FolderEntry): Promise<NamedText>;
}

export function createFileReader(client: GitHub, repository: RepositoryName): FileReader {
  const known = new Map<string, Promise<Uint8Array>>();
  return {
    listFolder: (commit, path, ending) => listFolder(client, repository, { commit, path, ending }),
    readText: async (entry) => {
      refuseEntry(entry);
      const bytes = known.get(entry.sha) ?? readBlob(client, repository, entry);
      known.set(entry.sha, bytes);
      return { text: decode(await bytes, entry.path), fileName: entry.path };
    },
  };
}

interface Place {
  readonly commit: string;
  readonly path: string;
  readonly ending: string;
}

async function listFolder(
  client: GitHub,
  repository: RepositoryName,
  { commit, path, ending }: Place,
): Promise<readonly FolderEntry[]> {
  const data = await readContent(client, repository, path, commit);
  if (data === null) return [];
  if (!Array.isArray(data)) throw new ConfigurationError(`${path} is no folder at the commit ${commit}`);
  const entries = parseAnswer(z.array(entrySchema), data, `the folder ${path}`);
  const found = entries.filter(({ name }) => name.endsWith(ending));
  if (entries.length >= mostListed || found.length > mostFiles) {
    throw new ConfigurationError(
      `${path} has ${entries.length} entries, ${found.length} of them ${ending}; fewer than ${mostListed} with at most ${mostFiles} ${ending} are accepted`,
    );
  }
  return found.map(({ name, sha, size, type }) => ({
    name,
    path: `${path}/${name}`,
    sha,
    size,
    isFile: type === 'file',
  }));
}

async function readContent(client: GitHub, repository: RepositoryName, path: string, ref: string): Promise<unknown> {
  try {
    return (await client.rest.repos.getContent({ ...repository, path, ref })).data;
  } catch (error) {
    if (statusOf(error) === 404) return null;
    throw error;
  }
}

function refuseEntry({ path, size, isFile }: FolderEntry): void {
  if (!isFile) throw new ConfigurationError(`${path}: this is no regular file, a YAML file is accepted`);
  if (size <= largestFile) return;
  throw new ConfigurationError(`${path}: the file has ${size} bytes, at most ${largestFile} are accepted`);
}

/** By its content's SHA and not by its path: a link is then never followed, and what is cut short is noticed. */
async function readBlob(client: GitHub, repository: RepositoryName, { path, sha }: FolderEntry): Promise<Uint8Array> {
  const data = await fetchBlob(client, repository, sha, path);
  const { content } = parseAnswer(blobSchema, data, `the file ${path}`);
  const bytes = Buffer.from(content, 'base64');
  const found = createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
  if (found === sha) return bytes;
  throw new Error(`GitHub's answer about the file ${path} is not the whole file: its SHA-1 is ${found}, not ${sha}`);
}

async function fetchBlob(client: GitHub, repository: RepositoryName, sha: string, path: string): Promise<unknown> {
  try {
    return (await client.rest.git.getBlob({ ...repository, file_sha: sha })).data;
  } catch (error) {
    // A submodule is listed as a file and is none of this repository's.
    if (statusOf(error) !== 404) throw error;
    throw new ConfigurationError(`${path}: this is no regular file, a YAML file is accepted`, { cause: error });
  }
}

function decode(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new ConfigurationError(`${path}: the file is not text in UTF-8, a YAML file is accepted`, { cause: error });
  }
}
