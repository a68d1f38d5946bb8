import { lstat, mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import * as z from 'zod';
import { ConfigurationError, hasCode } from '../../src/errors.ts';
import { isAlive, markProcess, type ProcessMark } from '../../src/hosts/processes.ts';
import { findRunFolders } from '../../src/hosts/root-program.ts';
import { rootIdSchema } from '../../src/hosts/root-requests.schema.ts';
import type { Machine } from '../../src/machines/machine.ts';

const ownerSchema = z.strictObject({
  /** The process that works on the run. */
  pid: z.int(),
  startTicks: z.int(),
  /** Number of the user who asked for it; nobody else but root may end it. */
  caller: z.int().min(0),
});

export interface RunOwner extends ProcessMark {
  readonly caller: number;
}

/** Where the runs are, and for whom. */
export interface RunsRoom {
  readonly machine: Machine;
  readonly parent: string;
  /** Folder of the inventories that are root's own. */
  readonly inventories: string;
  /** Number of the user who calls. */
  readonly caller: number;
}

/** What nobody has fetched after so long will not be fetched. */
const keptSeconds = 7 * 24 * 3600;

/**
 * Makes the folder of a new run and notes who works on it. The parent belongs to root alone, so no link that somebody
 * else has laid can be in the way.
 */
export async function createRun(room: RunsRoom, id: string, pid: number) {
  await mkdir(room.parent, { recursive: true, mode: 0o755 });
  await requireOwnFolder(room.parent);
  await prune(room);
  const folders = findRunFolders(id, room.parent);
  try {
    await mkdir(folders.folder, { mode: 0o755 });
  } catch (thrown) {
    if (!hasCode(thrown, 'EEXIST')) throw thrown;
    throw new ConfigurationError(`there is a run ${id} already; another id is accepted, or this one after \`forget\``);
  }
  await noteOwner(room, id, pid);
  return folders;
}

/** Replaces whoever was noted: a run passes from the process that made it to the one that holds it. */
export async function noteOwner(room: RunsRoom, id: string, pid: number): Promise<void> {
  const mark = await markProcess(room.machine, pid);
  if (mark === null) throw new Error(`process ${pid} cannot work on a run: it does not exist`);
  const file = ownerFile(room, id);
  await writeFile(`${file}.new`, `${JSON.stringify({ ...mark, caller: room.caller })}\n`);
  await rename(`${file}.new`, file);
}

/** null: there is no such run. Throws `ConfigurationError` when it is another user's. */
export async function findOwner(room: RunsRoom, id: string): Promise<RunOwner | null> {
  try {
    await requireOwnFolder(room.parent);
    await requireOwnFolder(findRunFolders(id, room.parent).folder);
  } catch (thrown) {
    if (hasCode(thrown, 'ENOENT')) return null;
    throw thrown;
  }
  const text = await readFile(ownerFile(room, id), 'utf8');
  const owner = ownerSchema.parse(JSON.parse(text));
  if (room.caller === 0 || room.caller === owner.caller) return owner;
  throw new ConfigurationError(`run ${id} was asked for by another user, who alone (or root) may end it`);
}

/** Removes the folder of a run on which nobody works any more; true when there was one. */
export async function forgetRun(room: RunsRoom, id: string): Promise<boolean> {
  const owner = await findOwner(room, id);
  if (owner === null) return false;
  if (owner.pid !== process.pid && (await isAlive(room.machine, owner))) {
    throw new ConfigurationError(`run ${id} is not over (process ${owner.pid}); \`stop\` ends it`);
  }
  await rm(findRunFolders(id, room.parent).folder, { recursive: true, force: true });
  // Also the parent with the last run; refused while there are others.
  await rmdir(room.parent).catch(() => {});
  return true;
}

async function requireOwnFolder(folder: string): Promise<void> {
  const found = await lstat(folder);
  if (found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o022) === 0) return;
  throw new ConfigurationError(
    `${folder} is not a folder that root alone can write; remove it, and it will be made again`,
  );
}

/** Runs whose runner died before it could fetch them. */
async function prune(room: RunsRoom): Promise<void> {
  for (const name of await readdir(room.parent)) {
    if (!rootIdSchema.safeParse(name).success) continue;
    const { folder } = findRunFolders(name, room.parent);
    const age = (Date.now() - (await lstat(folder)).mtimeMs) / 1000;
    if (age < keptSeconds) continue;
    await forgetRun({ ...room, caller: 0 }, name).catch(() => {});
  }
}

function ownerFile(room: RunsRoom, id: string): string {
  return `${findRunFolders(id, room.parent).folder}/owner.json`;
}
