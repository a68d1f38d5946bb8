import { readFile, stat } from 'node:fs/promises';
import { ConfigurationError, hasCode, messageOf } from '../src/errors.ts';
import type { NamedText } from '../src/profiles/resolve-profile.ts';

/** Bytes; what can hold a text of the accepted length. */
const largestFile = 256 * 1024;

/** A file for people to write, in UTF-8. Throws a `ConfigurationError` that begins with `fileName`. */
export async function readText(
  path: string,
  fileName: string,
  accepted = 'a YAML file is accepted',
): Promise<NamedText> {
  const refuse = (found: string, cause?: unknown) =>
    new ConfigurationError(`${fileName}: ${found}, ${accepted}`, { cause });
  const bytes = await readBytes(path, refuse);
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), fileName };
  } catch (error) {
    throw refuse('the file is not text in UTF-8', error);
  }
}

/** What programs wrote, however large. Throws a `ConfigurationError` that begins with the file. */
export async function readData(file: string, accepted: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (thrown) {
    const reason = `the file cannot be read (${messageOf(thrown)}), ${accepted} is accepted`;
    throw new ConfigurationError(`${file}: ${reason}`, { cause: thrown });
  }
}

async function readBytes(path: string, refuse: (found: string, cause?: unknown) => Error): Promise<Uint8Array> {
  try {
    const found = await stat(path);
    if (!found.isFile()) throw refuse('this is no regular file');
    if (found.size > largestFile) throw refuse(`the file has ${found.size} bytes, at most ${largestFile}`);
    return await readFile(path);
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    throw refuse(isMissing(error) ? 'there is no such file' : `the file cannot be read (${messageOf(error)})`, error);
  }
}

/** Whether a file or folder is not there, by what was thrown. */
export function isMissing(error: unknown): boolean {
  return hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR');
}
