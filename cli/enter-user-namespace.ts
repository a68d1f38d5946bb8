import { findFolders } from '../src/hosts/folders.ts';
import { isRootOf } from '../src/hosts/privileges.ts';
import { runInOurPlace } from '../src/machines/foreground.ts';
import { createLocalMachine } from '../src/machines/local.ts';
import type { Command, Machine } from '../src/machines/machine.ts';

/** Exit code of the script when another run of the same user holds the lock for longer than one that cleans up. */
const busy = 75;

/**
 * Holds the user's lock for as long as anything in there lives, and makes the namespaces. They end with the one process
 * that is killed when its parent dies: nothing in there can be left behind, so the run's state is kept in there as well.
 */
const enter = [
  'exec 9>>"$0" || exit 1',
  'flock --timeout 5 9 || exit 75',
  'exec unshare --user --map-root-user --mount --pid --fork --kill-child --mount-proc sh -c "$@"',
].join('\n');

/**
 * The names of network namespaces are files below /run/netns, where only root may write: /run becomes our own, with what
 * resolving names needs of the old one. The shell stays, as the first process that takes in orphans.
 */
const inside = [
  'cd /run && mount -t tmpfs -o mode=755 tunegate /run || exit 1',
  'for folder in systemd/resolve resolvconf; do',
  '  [ -d "$folder" ] && mkdir -p "/run/$folder" && cp -r "$folder/." "/run/$folder" 2>/dev/null',
  'done',
  'cd "$OLDPWD" && "$@"',
].join('\n');

export function buildEntry(lock: string, program: Command): Command {
  return { program: 'sh', args: ['-c', enter, lock, inside, 'tunegate', program.program, ...program.args] };
}

/**
 * Without root a measuring command runs once more, as root of a user namespace, where it may make everything that the
 * embedded topology needs. Returns its exit code; null where there is no need for that or no way to it.
 */
export async function runInUserNamespace(
  program: Command,
  signal: AbortSignal,
  stderr: NodeJS.WritableStream,
): Promise<number | null> {
  if (process.getuid?.() === 0) return null;
  const machine = createLocalMachine();
  if ((await isRootOf(machine)) || !(await canEnter(machine))) return null;
  const { state } = await findFolders(machine);
  await machine.run({ program: 'mkdir', args: ['-p', state] }, { timeoutSeconds: 5 });
  const lock = `${state}/lock-of-namespaces`;
  const code = await runInOurPlace(buildEntry(lock, program), { XDG_STATE_HOME: '/run' }, signal);
  if (code !== busy) return code;
  stderr.write(
    `tunegate: this user is already measuring here, and one host measures one run at a time; wait until that ends (lock ${lock}).\n`,
  );
  return 2;
}

async function canEnter(machine: Machine): Promise<boolean> {
  const args = ['--user', '--map-root-user', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc', 'true'];
  const outcome = await machine.run({ program: 'unshare', args }, { timeoutSeconds: 10, allowFailure: true });
  return outcome.exitCode === 0;
}
