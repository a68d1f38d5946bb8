import { ConfigurationError } from '../src/errors.ts';
import { createFolderStore } from '../src/history/folder-store.ts';
import { type RecordedNights, readNights } from '../src/history/night-store.ts';

/**
 * Nights from a folder, or from a checkout of the branch that holds them.
 *
 * @param option names the folder in the message
 * @throws ConfigurationError when no night is there
 */
export async function loadNights(option: string, folder: string): Promise<RecordedNights> {
  const recorded = await readNights(createFolderStore(folder));
  if (recorded.places.length === 0) {
    throw new ConfigurationError(
      `${option} ${folder} holds no night; a folder with the nights of \`tunegate history add\` is accepted`,
    );
  }
  return recorded;
}
