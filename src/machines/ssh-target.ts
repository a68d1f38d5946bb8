import type { Command } from './machine.ts';

/** How a machine is reached; the part `ssh` of an inventory. */
export interface SshTarget {
  /** Name or address. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** Private key, a path on the machine this process runs on. */
  readonly identityFile: string;
  /** The one key by which the machine proves itself: `TYPE BASE64`, as in its `ssh_host_*_key.pub`. */
  readonly hostKey: string;
  /** Network namespace from which it is reached; that of this process where it is not said. */
  readonly namespace?: string | undefined;
}

/** Deadlines of a connection, seconds. */
export interface SshTiming {
  /** For coming about. */
  readonly connectSeconds: number;
  /** A silent connection is asked so often for a sign of life ... */
  readonly aliveIntervalSeconds: number;
  /** ... and is lost when so many questions in a row stay without an answer. */
  readonly aliveCount: number;
}

/** A cut cable is noticed within 10 s; a host that is so busy that it does not answer for 8 s still counts as there. */
export const defaultSshTiming: SshTiming = { connectSeconds: 10, aliveIntervalSeconds: 2, aliveCount: 4 };

/** The files of a connection in its own folder. */
export interface SshFiles {
  readonly socket: string;
  readonly knownHosts: string;
}

/**
 * The client that holds the connection and hands sessions to others over its socket. Nothing of the user's own OpenSSH
 * takes part: no configuration, known hosts, agent or password; the machine must show exactly the key that is pinned.
 */
export function buildMasterCommand(target: SshTarget, files: SshFiles, timing: SshTiming, line: string): Command {
  const options = [
    ...['BatchMode=yes', 'PreferredAuthentications=publickey', 'IdentitiesOnly=yes', 'IdentityAgent=none'],
    ...[`IdentityFile=${escapeOption(target.identityFile)}`, `HostKeyAlias=${hostAlias}`, 'CheckHostIP=no'],
    ...['StrictHostKeyChecking=yes', `UserKnownHostsFile=${escapeOption(files.knownHosts)}`],
    ...['GlobalKnownHostsFile=/dev/null', 'UpdateHostKeys=no', 'VerifyHostKeyDNS=no'],
    `HostKeyAlgorithms=${listSignatures(target.hostKey)}`,
    ...['ControlMaster=yes', `ControlPath=${escapeOption(files.socket)}`, 'ControlPersist=no'],
    ...[`ConnectTimeout=${timing.connectSeconds}`, 'ConnectionAttempts=1', 'TCPKeepAlive=yes'],
    ...[`ServerAliveInterval=${timing.aliveIntervalSeconds}`, `ServerAliveCountMax=${timing.aliveCount}`],
    // INFO: at ERROR the client does not say that the other end has fallen silent.
    ...['ForwardAgent=no', 'ForwardX11=no', 'ClearAllForwardings=yes', 'LogLevel=INFO'],
  ];
  return {
    program: 'ssh',
    args: [
      ...['-F', 'none', '-T', '-e', 'none', ...options.flatMap((option) => ['-o', option])],
      ...['-l', target.user, '-p', String(target.port), '--', target.host, line],
    ],
  };
}

/** One session over the connection. */
export function buildSessionCommand(files: SshFiles, line: string): Command {
  return { program: 'ssh', args: [...overConnection(files, '-T', '-e', 'none'), '--', hostAlias, line] };
}

/** Lets the connection listen at `own` on this machine for streams to `path`, a Unix socket on the other. */
export function buildForwardCommand(files: SshFiles, own: string, path: string): Command {
  return { program: 'ssh', args: [...overConnection(files), '-O', 'forward', '-L', `${own}:${path}`, '--', hostAlias] };
}

/** Without the socket of the connection the client must not connect by itself: `false` sees to that. */
function overConnection({ socket }: SshFiles, ...flags: readonly string[]): readonly string[] {
  const options = ['BatchMode=yes', 'ControlMaster=no', `ControlPath=${escapeOption(socket)}`, 'ProxyCommand=false'];
  return ['-F', 'none', ...flags, ...options.flatMap((option) => ['-o', option])];
}

/** The file of known hosts with the one key. */
export function renderKnownHosts({ hostKey }: SshTarget): string {
  return `${hostAlias} ${hostKey}\n`;
}

/** Under this name the pinned key is looked up, whatever address the machine has. */
const hostAlias = 'tunegate-machine';

/** With what a key of this type signs; an RSA key never with SHA-1. */
function listSignatures(hostKey: string): string {
  const type = hostKey.split(' ')[0] ?? '';
  return type === 'ssh-rsa' ? 'rsa-sha2-512,rsa-sha2-256' : type;
}

/** Values of options are split at spaces, and `%` begins a token. */
function escapeOption(path: string): string {
  return `"${path.replace(/["\\]/g, '\\$&').replaceAll('%', '%%')}"`;
}
