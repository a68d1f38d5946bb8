import { ConfigurationError } from '../errors.ts';
import type { Machine } from '../machines/machine.ts';
import { isRootOf } from './privileges.ts';

/** Where Tunegate keeps things on a machine. With docker, neither may lie below /run, /opt or /etc: dockerd's own mounts hide those. */
export interface Folders {
  /** Kept between runs: guest images and the private dockerd's data. */
  readonly cache: string;
  /** Lives as long as a run: lock, state, sockets. */
  readonly state: string;
}

/** Those of root. */
export const machineFolders: Folders = { cache: '/var/cache/tunegate', state: '/var/lib/tunegate' };

/** XDG Base Directory Specification: the user's own folders, which environment variables may move. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's own placeholders.
const userFolders = 'printf "%s\\n" "${XDG_CACHE_HOME:-$HOME/.cache}" "${XDG_STATE_HOME:-$HOME/.local/state}"';

/** Root's folders, or those of the user who measures. */
export async function findFolders(machine: Machine): Promise<Folders> {
  if (await isRootOf(machine)) return machineFolders;
  const { stdout } = await machine.run({ program: 'sh', args: ['-c', userFolders] }, { timeoutSeconds: 5 });
  const [cache = '', state = ''] = stdout.split('\n');
  for (const folder of [cache, state]) {
    if (folder.startsWith('/')) continue;
    throw new ConfigurationError(
      `this user's folder for caches and state is "${folder}"; HOME, or XDG_CACHE_HOME and XDG_STATE_HOME, must be absolute paths`,
    );
  }
  return { cache: `${cache}/tunegate`, state: `${state}/tunegate` };
}
