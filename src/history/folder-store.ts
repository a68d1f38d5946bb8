import { link, lstat, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { ConfigurationError, hasCode, messageOf } from '../errors.ts';
import { largestNight } from './night-file.ts';
import { decodeText, type FileStore, type StoredFile, UnreadableFile } from './night-store.ts';

/** A store in a local folder, of the same form as a checkout of the branch; the folder is made by the first file. */
export function createFolderStore(folder: string): FileStore {
  const root = resolve(folder);
  return {
    list: (below) => listFiles(root, below),
    add: (path, text) => addFile(root, path, text),
  };
}

async function listFiles(root: string, below: string): Promise<readonly StoredFile[]> {
  let entries: Awaited<ReturnType<typeof readEntries>>;
  try {
    entries = await readEntries(join(root, below));
  } catch (thrown) {
    if (hasCode(thrown, 'ENOENT')) return [];
    throw new ConfigurationError(`${join(root, below)} cannot be read (${messageOf(thrown)}); a folder is accepted`, {
      cause: thrown,
    });
  }
  // Links are nothing that this store makes, and may lead anywhere.
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ path: relative(root, file).split(sep).join('/'), read: () => readText(file) }));
}

function readEntries(folder: string) {
  return readdir(folder, { recursive: true, withFileTypes: true });
}

async function readText(file: string): Promise<string> {
  const { size } = await lstat(file);
  if (size > largestNight) throw new UnreadableFile(`has ${size} bytes, at most ${largestNight} are accepted`);
  return decodeText(await readFile(file));
}

/** Written beside and linked into place, so that a reader never sees half a file and nothing is written over. */
async function addFile(root: string, path: string, text: string): Promise<'added' | 'present'> {
  const file = join(root, path);
  const half = join(dirname(file), `.${process.pid}-${path.slice(path.lastIndexOf('/') + 1)}`);
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(half, text);
    await link(half, file);
    return 'added';
  } catch (thrown) {
    if (hasCode(thrown, 'EEXIST') && (await readText(file)) === text) return 'present';
    const found = hasCode(thrown, 'EEXIST')
      ? 'holds something else already'
      : `cannot be written (${messageOf(thrown)})`;
    throw new ConfigurationError(`${file} ${found}; a night is written once and never changed`, { cause: thrown });
  } finally {
    await rm(half, { force: true });
  }
}
