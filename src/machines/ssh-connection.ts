import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { CommandError, ConfigurationError, lastLines } from '../errors.ts';
import { inNamespace, toolEnvironment } from './machine.ts';
import { buildLine } from './ssh-quote.ts';
import { buildGreeting, expectedGreeting } from './ssh-scripts.ts';
import { buildMasterCommand, renderKnownHosts, type SshFiles, type SshTarget, type SshTiming } from './ssh-target.ts';

/** An open connection, over whose socket sessions are opened. */
export interface SshConnection {
  readonly files: SshFiles;
  isLost(): boolean;
  /** Waits so long at most for the end of the connection, and gives what ssh said about it. */
  lastWords(seconds: number): Promise<string>;
  /** Ends it, and every session with it; takes its folder away. Idempotent. */
  close(): Promise<void>;
}

/**
 * Connects, and makes sure that the other end is the pinned one and leaves our words alone. Throws `ConfigurationError`
 * where the inventory is wrong, `CommandError` where the machine cannot be reached.
 */
export async function openSshConnection(name: string, target: SshTarget, timing: SshTiming): Promise<SshConnection> {
  const folder = await mkdtemp(join(tmpdir(), 'tunegate-ssh-'));
  const files = { socket: join(folder, 'socket'), knownHosts: join(folder, 'known_hosts') };
  await writeFile(files.knownHosts, renderKnownHosts(target), { mode: 0o600 });
  const master = startMaster(target, files, timing);
  const close = async () => {
    await master.end();
    await rm(folder, { recursive: true, force: true });
  };
  const greeted = await master.greeted(timing.connectSeconds + 5);
  if (!greeted) {
    await close();
    throw explainRefusal(name, target, master.said());
  }
  return {
    files,
    isLost: master.hasEnded,
    lastWords: async (seconds) => {
      await Promise.race([master.ended, sleep(seconds * 1000, undefined, { ref: false })]);
      return lastLines(master.said().stderr, 2);
    },
    close,
  };
}

interface Said {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | null;
}

function startMaster(target: SshTarget, files: SshFiles, timing: SshTiming) {
  const command = buildMasterCommand(target, files, timing, buildLine(buildGreeting()));
  const { program, args } = inNamespace(target.namespace ?? null, command);
  // Its input is a pipe from us: when we die, however, the session at its other end is over, and so is the connection.
  const child = execa(program, args, {
    ...{ reject: false, detached: true, cleanup: false, buffer: false, encoding: 'utf8', env: toolEnvironment },
    stdin: 'pipe',
  });
  const said = { stdout: '', stderr: '' };
  let over = false;
  let exitCode: number | null = null;
  const greeting = Promise.withResolvers<void>();
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8');
    child[name].on('data', (chunk) => {
      said[name] = (said[name] + String(chunk)).slice(-mostCharacters);
      if (said.stdout.length >= expectedGreeting.length) greeting.resolve();
    });
  }
  const ended = child.then((result) => {
    over = true;
    exitCode = result.exitCode ?? null;
    if (result.originalMessage) said.stderr += `\n${result.originalMessage}`;
    greeting.resolve();
  });
  return {
    ended,
    hasEnded: () => over,
    said: (): Said => ({ ...said, exitCode }),
    greeted: async (seconds: number): Promise<boolean> => {
      await Promise.race([greeting.promise, sleep(seconds * 1000, undefined, { ref: false })]);
      return !over && said.stdout === expectedGreeting;
    },
    end: async () => {
      child.kill('SIGTERM');
      const inTime = await Promise.race([ended.then(() => true), sleep(2000, false, { ref: false })]);
      if (!inTime) child.kill('SIGKILL');
      await ended;
    },
  };
}

/** More than any greeting or complaint has. */
const mostCharacters = 16 * 1024;

/** Why a connection did not come about, and what would be accepted. */
function explainRefusal(name: string, target: SshTarget, { stdout, stderr, exitCode }: Said): Error {
  const place = `${target.user}@${target.host}:${target.port}`;
  const said = lastLines(stderr, 2);
  if (/Host key verification failed|no matching host key type/.test(stderr)) {
    return new ConfigurationError(
      `machines.${name}.ssh.hostKey: ${place} shows another key than the one that is pinned; ` +
        `accepted is the line of its /etc/ssh/ssh_host_*_key.pub, read at the machine itself (ssh said: ${said})`,
    );
  }
  if (/Permission denied|Load key|Identity file .* not accessible|UNPROTECTED PRIVATE KEY/.test(stderr)) {
    return new ConfigurationError(
      `machines.${name}.ssh.identityFile: ${place} does not let ${target.identityFile} in; accepted is a private key ` +
        `without a passphrase that only its owner can read, and that is in that user's authorized_keys (ssh said: ${said})`,
    );
  }
  if (exitCode === 127 || (stdout !== '' && stdout !== expectedGreeting)) {
    return new ConfigurationError(
      `machines.${name}.ssh.user: ${place} answered ${JSON.stringify(lastLines(stdout || stderr, 1).slice(0, 200))} to the ` +
        'first command; accepted is a POSIX login shell that prints nothing by itself, and perl must be installed',
    );
  }
  const failure = { program: 'ssh', args: [place], machine: name, exitCode, signal: null, timedOut: exitCode === null };
  return new CommandError({ ...failure, stdout: '', stderr: said || 'no answer' });
}
