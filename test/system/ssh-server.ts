import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addNamespace, ip } from '../../src/machines/ip.ts';
import { createLocalMachine } from '../../src/machines/local.ts';
import { type BackgroundProcess, inNamespace } from '../../src/machines/machine.ts';
import type { SshTarget } from '../../src/machines/ssh-target.ts';
import { UndoStack } from '../../src/undo.ts';

const machine = createLocalMachine();

/** Names of their own: nothing else on the machine is called so. */
const client = 'sshtest-client';
/** Namespace of the server. */
export const server = 'sshtest-server';
const wire = 'sshtest0';
const address = '198.18.7.2';

/** A real sshd behind a wire, and what can happen to it. */
export interface SshServer {
  /** Folder that the users of the server can write to. */
  readonly folder: string;
  target(user: string): SshTarget;
  /** Public key of another server, in the same form. */
  readonly otherHostKey: string;
  /** A private key that opens nothing. */
  readonly otherIdentityFile: string;
  setWire(state: 'up' | 'down'): Promise<void>;
  /** With as many sessions a connection as sshd has by itself, or with so many. */
  start(mostSessions?: number): Promise<void>;
  /** Kills the server with all its connections, as a power loss does; programs that they started go on. */
  kill(): Promise<void>;
  /** Pids of the server's processes. */
  listProcesses(): Promise<readonly number[]>;
  remove(): Promise<void>;
}

/** An ordinary user whom only the server knows. */
export const ordinaryUser = 'tunegate-test';

/**
 * Two namespaces, a wire between them and a server with its own keys, configuration, port and ordinary user.
 *
 * @param ownFolders folders, which are there, of which the server has its own, empty ones that end with it
 */
export async function startSshServer(ownFolders: readonly string[] = []): Promise<SshServer> {
  const undo = new UndoStack();
  try {
    return await buildServer(undo, ownFolders);
  } catch (thrown) {
    await undo.runAll();
    throw thrown;
  }
}

/** What a killed test leaves behind: the programs in its namespaces, and these. */
export async function removeLeftovers(): Promise<void> {
  const { stdout } = await machine.run(ip('netns', 'list'), { timeoutSeconds: 5 });
  for (const namespace of [client, server].filter((name) => new RegExp(`^${name}\\b`, 'm').test(stdout))) {
    const pids = await machine.run(ip('netns', 'pids', namespace), { timeoutSeconds: 5 });
    for (const pid of pids.stdout.split('\n').filter(Boolean)) {
      await machine.run({ program: 'kill', args: ['-KILL', pid] }, { timeoutSeconds: 5, allowFailure: true });
    }
    await run('ip', 'netns', 'del', namespace);
  }
}

async function buildServer(undo: UndoStack, ownFolders: readonly string[]): Promise<SshServer> {
  // Not below root's folder for temporary files, which may be closed to others.
  const folder = await mkdtemp('/tmp/tunegate-ssh-test-');
  undo.push('remove the folder', () => rm(folder, { recursive: true }));
  await chmod(folder, 0o755);
  await mkdir(join(folder, 'open'));
  await chmod(join(folder, 'open'), 0o777);
  for (const name of ['host', 'other-host', 'identity', 'other-identity']) {
    await run('ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', join(folder, name));
  }
  for (const namespace of [client, server]) {
    const { program, args } = addNamespace(namespace);
    await run(program, ...args);
    undo.push(`remove ${namespace}`, () => run('ip', 'netns', 'del', namespace));
  }
  await run('ip', 'link', 'add', wire, 'netns', client, 'type', 'veth', 'peer', 'name', wire, 'netns', server);
  for (const [namespace, own] of [
    [client, '198.18.7.1'],
    [server, address],
  ] as const) {
    await run('ip', '-n', namespace, 'address', 'add', `${own}/24`, 'dev', wire);
    await run('ip', '-n', namespace, 'link', 'set', wire, 'up');
  }
  const keys = join(folder, 'authorized_keys');
  await writeFile(keys, await readFile(join(folder, 'identity.pub')));
  const accounts = join(folder, 'passwd');
  const home = join(folder, 'open');
  const account = `${ordinaryUser}:*:65534:65534::${home}:/bin/sh\n`;
  await writeFile(accounts, `${await readFile('/etc/passwd', 'utf8')}${account}`);
  const configuration = join(folder, 'sshd_config');
  await writeFile(configuration, renderConfiguration(folder, keys));
  const readKey = async (name: string) => (await readFile(join(folder, `${name}.pub`), 'utf8')).trim();
  const hostKey = await readKey('host');
  let daemon: BackgroundProcess | null = null;

  const listProcesses = async () => {
    const { stdout } = await machine.run(ip('netns', 'pids', server), { timeoutSeconds: 5 });
    const pids = stdout.split('\n').filter(Boolean).map(Number);
    const names = await Promise.all(pids.map((pid) => machine.readFile(`/proc/${pid}/comm`)));
    return pids.filter((_, index) => names[index]?.startsWith('sshd'));
  };
  const kill = async () => {
    for (const pid of await listProcesses()) process.kill(pid, 'SIGKILL');
    await daemon?.ended;
    daemon = null;
  };
  const start = async (mostSessions?: number) => {
    const more = mostSessions === undefined ? [] : ['-o', `MaxSessions=${mostSessions}`];
    const command = { program: '/usr/sbin/sshd', args: ['-D', '-e', '-f', configuration, ...more] };
    // Where it separates privileges; a mount of its own, since no package's script has made it.
    const shelter = [
      ...['/run', ...ownFolders].map((path) => `mount -t tmpfs -o mode=755 none ${path}`),
      ...['mkdir -m 755 /run/sshd', 'mount --bind "$0" /etc/passwd', 'exec "$@"'],
    ].join(' && ');
    const inShelter = ['sh', '-c', shelter, accounts, command.program, ...command.args];
    const sheltered = ['--mount', '--propagation', 'private', ...inShelter];
    daemon = await machine.start(inNamespace(server, { program: 'unshare', args: sheltered }), {
      logFile: join(folder, 'sshd.log'),
    });
    const listening = inNamespace(server, { program: 'ss', args: ['-Hltn'] });
    for (let tries = 0; !(await machine.run(listening, { timeoutSeconds: 5 })).stdout.includes(':2222'); tries += 1) {
      if (tries > 100 || daemon.hasEnded())
        throw new Error(`sshd: ${await readFile(join(folder, 'sshd.log'), 'utf8')}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  undo.push('kill sshd', kill);
  await start();
  return {
    folder: home,
    target: (user) => ({
      ...{ host: address, port: 2222, user, identityFile: join(folder, 'identity'), hostKey, namespace: client },
    }),
    otherHostKey: await readKey('other-host'),
    otherIdentityFile: join(folder, 'other-identity'),
    setWire: (state) => run('ip', '-n', server, 'link', 'set', wire, state),
    ...{ start, kill, listProcesses },
    remove: () => undo.runAll(),
  };
}

/** No PAM, since accounts without a password are locked for some of its modules; nothing of the machine's own. */
function renderConfiguration(folder: string, keys: string): string {
  return `Port 2222
ListenAddress ${address}
HostKey ${join(folder, 'host')}
PidFile none
AuthorizedKeysFile ${keys}
AllowUsers root ${ordinaryUser}
AuthenticationMethods publickey
PermitRootLogin prohibit-password
StrictModes no
UsePAM no
UseDNS no
LogLevel ERROR
`;
}

async function run(program: string, ...args: readonly string[]): Promise<void> {
  await machine.run({ program, args }, { timeoutSeconds: 10 });
}
