import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { lastLines, MeasurementError } from '../errors.ts';
import { connectLocally } from './local.ts';
import { type Machine, toolEnvironment } from './machine.ts';
import type { SshLink } from './ssh-link.ts';
import { buildForwardCommand } from './ssh-target.ts';

/** A busy machine takes its time. */
const timeoutSeconds = 30;

/**
 * A stream to a Unix socket of the other machine, through one of our own beside that of the connection, with which it
 * ends. It takes no session. null when there is no such socket; one that nobody listens to closes at once.
 */
export async function connectOverSsh(
  { name, run }: Pick<Machine, 'name' | 'run'>,
  link: SshLink,
  path: string,
): Promise<Socket | null> {
  // Our own socket takes every connection, also where there is nothing at the other end.
  const isThere = { program: 'test', args: ['-S', path] };
  if ((await run(isThere, { timeoutSeconds, allowFailure: true })).exitCode !== 0) return null;
  const { files } = await link.connect();
  const own = join(dirname(files.socket), randomUUID().slice(0, 8));
  const { program, args } = buildForwardCommand(files, own, path);
  const { exitCode, stderr } = await execa(program, args, {
    ...{ reject: false, detached: true, stdin: 'ignore', timeout: timeoutSeconds * 1000, env: toolEnvironment },
  });
  if (exitCode === 0) return connectLocally(own);
  throw new MeasurementError(
    `${path} on ${name} cannot be reached: ${lastLines(stderr, 2) || 'ssh does not answer'}; ` +
      'accepted is a server that forwards Unix sockets (AllowStreamLocalForwarding of its sshd)',
  );
}
