import type { Night } from './night.schema.ts';
import {
  type NightPlace,
  nightPath,
  nightsFolder,
  parseNight,
  placeKey,
  readNightPath,
  renderNight,
} from './night-file.ts';

/** A file that is there; nothing is read before it is asked for. */
export interface StoredFile {
  readonly path: string;
  /** Text in UTF-8; throws `UnreadableFile` when it is too large or no text. */
  read(): Promise<string>;
}

/** Files that are only ever added: a folder, or a branch of a repository. */
export interface FileStore {
  /** Files below a folder, in any order; none when the store is new. */
  list(folder: string): Promise<readonly StoredFile[]>;
  /**
   * Adds a file. The same file again is `present`, so that a repeated step does no harm.
   *
   * @throws ConfigurationError when the path holds something else
   */
  add(path: string, text: string): Promise<'added' | 'present'>;
}

/** Nights that are read of each host and comparison: as many as any rule looks back. */
const mostNights = 90;
/** Requests under way at once. */
const readers = 6;

export interface RecordedNights {
  readonly nights: readonly Night[];
  /** All that are there, those not read included. */
  readonly places: readonly NightPlace[];
  /** One sentence for each file that is no night. */
  readonly warnings: readonly string[];
}

export interface ReadOptions {
  /** Nights of each host and comparison, the last ones; as many as any rule looks back unless given. */
  readonly limit?: number;
  /** Those of other hosts and comparisons are not opened: on GitHub each is a request, of which a token has 1,000 an hour. */
  readonly isWanted?: (place: NightPlace) => boolean;
}

export function addNight(store: FileStore, night: Night): Promise<'added' | 'present'> {
  return store.add(nightPath(night), renderNight(night));
}

/** What is there, by the names of the files alone. */
export async function listNights(store: FileStore): Promise<readonly NightPlace[]> {
  return (await store.list(nightsFolder)).flatMap(({ path }) => readNightPath(path) ?? []);
}

/**
 * The last nights of each host and comparison. Whoever can write to the store may have put anything there: a file that
 * is no night is named in a warning and skipped.
 */
export async function readNights(
  store: FileStore,
  { limit = mostNights, isWanted = () => true }: ReadOptions = {},
): Promise<RecordedNights> {
  const files = await store.list(nightsFolder);
  const warnings: string[] = [];
  const found = files.flatMap((file) => {
    const place = readNightPath(file.path);
    if (place === null) warnings.push(`${file.path} is skipped: its name is not that of a night.`);
    return place === null ? [] : [{ file, place }];
  });
  const groups = Map.groupBy(
    found.filter(({ place }) => isWanted(place)),
    ({ place }) => placeKey(place),
  );
  const wanted = [...groups.values()].flatMap((group) =>
    group.toSorted((left, right) => (left.place.time < right.place.time ? -1 : 1)).slice(-limit),
  );
  const nights = await readAll(
    wanted.map(({ file }) => file),
    warnings,
  );
  return { nights, places: found.map(({ place }) => place), warnings: warnings.sort() };
}

async function readAll(files: readonly StoredFile[], warnings: string[]): Promise<Night[]> {
  const nights: Night[] = [];
  const queue = files.values();
  const read = async () => {
    // Shared by all readers: each takes what is next.
    for (const file of queue) {
      const parsed = await readNight(file);
      if (parsed.kind === 'night') nights.push(parsed.night);
      else warnings.push(`${file.path} is skipped: it ${parsed.reason}.`);
    }
  };
  await Promise.all(Array.from({ length: readers }, read));
  return nights;
}

async function readNight(file: StoredFile): Promise<ReturnType<typeof parseNight>> {
  let text: string;
  try {
    text = await file.read();
  } catch (thrown) {
    // Only what is wrong with the file itself; that the store cannot be reached is no reason to judge without it.
    if (thrown instanceof UnreadableFile) return { kind: 'broken', reason: thrown.message };
    throw thrown;
  }
  return parseNight(text, file.path);
}

/** The file is there, but is nothing that a night can be; the message is a clause such as `is no text`. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';
}

/** Bytes as text, as every store reads it. */
export function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UnreadableFile('is no text in UTF-8');
  }
}
