import {
  parseIperf2Version,
  parseIperf3Version,
  parseNetperfVersion,
  parsePingVersion,
} from '../benchmarks/tool-versions.ts';
import { lastLines, MeasurementError, messageOf } from '../errors.ts';
import type { Machine } from '../machines/machine.ts';

/** A program that measuring rests on, and how to get it. */
export interface Tool {
  readonly name: string;
  /** What is looked up: a name on PATH, or the one path at which it is used. */
  readonly program: string;
  /** Debian packages that bring it: the first that the package sources offer is meant. */
  readonly packages: readonly string[];
  readonly versionArgs: readonly string[];
  /** The version in what the tool says; throws `MeasurementError` when it is not the tool we mean. */
  readonly parseVersion: (output: string, name: string) => string;
}

export interface ToolReading {
  readonly name: string;
  readonly packages: readonly string[];
  /** null: not installed. */
  readonly path: string | null;
  /** null: not installed, or not the tool we mean; then `problem` says so. */
  readonly version: string | null;
  readonly problem: string | null;
}

const dockerVersion = matchVersion(/^Docker version ([^\s,]+)/m);
const utilLinuxVersion = matchVersion(/ from util-linux (\S+)/);

/**
 * Every tool of this version, in the order in which they are listed. A full path is one that our own code insists on:
 * the guest image copies its programs from there, and another Docker client may come first on PATH.
 */
export const tools: readonly Tool[] = [
  tool('netperf', '/usr/bin/netperf', ['netperf'], ['-V'], parseNetperfVersion),
  tool('netserver', '/usr/bin/netserver', ['netperf'], ['-V'], parseNetperfVersion),
  tool('iperf3', '/usr/bin/iperf3', ['iperf3'], ['--version'], parseIperf3Version),
  tool('iperf2', '/usr/bin/iperf', ['iperf'], ['-v'], parseIperf2Version),
  tool('ping', 'ping', ['iputils-ping'], ['-V'], parsePingVersion),
  tool('ip', 'ip', ['iproute2'], ['-V'], matchVersion(/iproute2-([^\s,]+)/)),
  tool('ethtool', '/usr/sbin/ethtool', ['ethtool'], ['--version'], matchVersion(/^ethtool version (\S+)/m)),
  tool('nsenter', 'nsenter', ['util-linux'], ['--version'], utilLinuxVersion),
  tool('unshare', 'unshare', ['util-linux'], ['--version'], utilLinuxVersion),
  // A container has no procps until somebody installs it.
  tool('kill', '/bin/kill', ['procps'], ['--version'], matchVersion(/^kill from procps-ng (\S+)/m)),
  tool('dockerd', 'dockerd', ['docker.io'], ['--version'], dockerVersion),
  // A package of its own from Debian 13 on.
  tool('docker', '/usr/bin/docker', ['docker-cli', 'docker.io'], ['--version'], dockerVersion),
  tool('tini', 'tini', ['tini'], ['--version'], matchVersion(/^tini version (\S+)/m)),
  tool('busybox', '/bin/busybox', ['busybox-static'], [], matchVersion(/^BusyBox v(\S+)/m)),
  tool('iptables', 'iptables', ['iptables'], ['--version'], matchVersion(/^iptables v(\S+)/m)),
  tool(
    'qemu-system-x86_64',
    'qemu-system-x86_64',
    ['qemu-system-x86'],
    ['--version'],
    matchVersion(/^QEMU emulator version (\S+)/m),
  ),
  // What Debian compresses its kernels with: lz4 the cloud kernel of 6.1, xz the PREEMPT_RT one, zstd those of 6.12.
  tool('lz4', 'lz4', ['lz4'], ['--version'], matchVersion(/^\*+ lz4 .*?\bv(\d[^\s,]*)/im)),
  tool('xz', 'xz', ['xz-utils'], ['--version'], matchVersion(/^xz \(XZ Utils\) (\S+)/m)),
  tool('zstd', 'zstd', ['zstd'], ['--version'], matchVersion(/^\*+ zstandard .*?\bv(\d[^\s,]*)/im)),
];

/** What the emulated lab is built with, beside those above; measuring needs none of them. */
export const labTools: readonly Tool[] = [
  tool('mmdebstrap', 'mmdebstrap', ['mmdebstrap'], ['--version'], matchVersion(/^mmdebstrap (\S+)/m)),
  tool('sfdisk', 'sfdisk', ['fdisk'], ['--version'], utilLinuxVersion),
  tool('mkfs.ext4', 'mkfs.ext4', ['e2fsprogs'], ['-V'], matchVersion(/^mke2fs (\S+)/m)),
  tool('ssh', 'ssh', ['openssh-client'], ['-V'], matchVersion(/^OpenSSH_(\S+)/m)),
];

function tool(
  name: string,
  program: string,
  packages: readonly string[],
  versionArgs: readonly string[],
  parseVersion: Tool['parseVersion'],
): Tool {
  return { name, program, packages, versionArgs, parseVersion };
}

function matchVersion(pattern: RegExp): Tool['parseVersion'] {
  return (output, name) => {
    const version = pattern.exec(output)?.[1];
    if (version !== undefined) return version;
    throw new MeasurementError(
      `${name} told its version as "${lastLines(output, 1)}", which must match ${pattern.source}`,
    );
  };
}

/**
 * Where each tool is, null for those that are nowhere; one process for all. The system's own folders are searched too:
 * an ordinary user's PATH on Debian leaves them out, and a tool that is there must not be called missing.
 */
async function findTools(machine: Machine, wanted: readonly Tool[]): Promise<ReadonlyMap<string, string | null>> {
  const lookUp =
    'PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"; for program; do command -v "$program" || echo; done; exit 0';
  const programs = wanted.map(({ program }) => program);
  const command = { program: 'sh', args: ['-c', lookUp, 'look-up', ...programs] };
  const lines = (await machine.run(command, { timeoutSeconds: 30 })).stdout.split('\n');
  return new Map(wanted.map(({ name }, index) => [name, lines[index] || null]));
}

/** Names of the wanted tools that are nowhere. */
export async function listMissingTools(machine: Machine, wanted: readonly Tool[] = tools): Promise<readonly string[]> {
  const paths = await findTools(machine, wanted);
  return wanted.flatMap(({ name }) => (paths.get(name) === null ? [name] : []));
}

/** Where each tool is and what version it says it has. */
export async function readTools(machine: Machine): Promise<readonly ToolReading[]> {
  const paths = await findTools(machine, tools);
  return Promise.all(tools.map((entry) => readTool(machine, entry, paths.get(entry.name) ?? null)));
}

/** Many are asked at once, and a large program takes its time to start where a machine has just come up. */
const timeoutSeconds = 60;

async function readTool(machine: Machine, { name, ...entry }: Tool, path: string | null): Promise<ToolReading> {
  const reading = { name, packages: entry.packages, path };
  if (path === null) return { ...reading, version: null, problem: 'not installed' };
  const command = { program: path, args: entry.versionArgs };
  const { stdout, stderr, timedOut } = await machine.run(command, { timeoutSeconds, allowFailure: true });
  if (timedOut) return { ...reading, version: null, problem: `did not tell its version within ${timeoutSeconds} s` };
  try {
    return { ...reading, version: entry.parseVersion(stdout + stderr, name), problem: null };
  } catch (thrown) {
    return { ...reading, version: null, problem: messageOf(thrown) };
  }
}
