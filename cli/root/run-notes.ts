import { access, readFile, writeFile } from 'node:fs/promises';
import { findRunFolders } from '../../src/hosts/root-program.ts';
import { type PrepareRequest, prepareRequestSchema } from '../../src/hosts/root-requests.schema.ts';
import type { RunsRoom } from './runs-room.ts';

/** What `prepare` was asked for under an id, kept so that `remove` finds the host; before anything is changed there. */
export async function notePreparation(room: RunsRoom, id: string, request: PrepareRequest): Promise<void> {
  await writeFile(findFiles(room, id).request, JSON.stringify(request));
}

/** null: that is no preparation, or it had not come so far. */
export async function readPreparation(room: RunsRoom, id: string): Promise<PrepareRequest | null> {
  const text = await readFile(findFiles(room, id).request, 'utf8').catch(() => null);
  return text === null ? null : prepareRequestSchema.parse(JSON.parse(text));
}

/** Said before the host is told to boot into something else. */
export async function noteBoot(room: RunsRoom, id: string): Promise<void> {
  await writeFile(findFiles(room, id).booted, '');
}

export function wasBooted(room: RunsRoom, id: string): Promise<boolean> {
  return exists(findFiles(room, id).booted);
}

/** Said of a run that measures a listed host, which may boot it. */
export async function noteListed(room: RunsRoom, id: string): Promise<void> {
  await writeFile(findFiles(room, id).listed, '');
}

export function isListed(room: RunsRoom, id: string): Promise<boolean> {
  return exists(findFiles(room, id).listed);
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

function findFiles({ parent }: RunsRoom, id: string) {
  const { folder } = findRunFolders(id, parent);
  return { request: `${folder}/prepare.json`, booted: `${folder}/booted`, listed: `${folder}/listed` };
}
