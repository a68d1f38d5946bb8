import { setTimeout as sleep } from 'node:timers/promises';
import { lastLines, MeasurementError } from '../errors.ts';
import { cgroupParent, dockerdName } from '../hosts/leftovers.ts';
import { markProcess, sendSignal } from '../hosts/processes.ts';
import type { RunState } from '../hosts/run-state.ts';
import type { BackgroundProcess, Command, Machine } from '../machines/machine.ts';

/** Debian's own client: another one may come first on PATH and be newer than this daemon. */
const client = '/usr/bin/docker';

export interface DaemonPlace {
  /** Network namespace in which the daemon and its containers' bridge ends live. */
  readonly namespace: string;
  /** Images and networks survive here between runs. */
  readonly dataFolder: string;
  /** Socket and other things of this run. */
  readonly stateFolder: string;
  readonly logFile: string;
  /** What a profile asks of it; of an option that is given twice the last one counts, so these come last. */
  readonly settings?: readonly string[];
}

/** A dockerd of our own, untouched by and not touching one that the machine may run. */
export interface DockerDaemon {
  /** A command of the Docker client aimed at this daemon. */
  docker(...args: readonly string[]): Command;
  /** Unix socket on which it listens. */
  readonly socket: string;
  stop(): Promise<void>;
}

/** Commands of the Docker client for the daemon that listens there. */
export function aimDocker(socket: string): DockerDaemon['docker'] {
  return (...args) => ({ program: client, args: ['--host', `unix://${socket}`, ...args] });
}

/**
 * Runs dockerd in a mount and a PID namespace of its own: killing the one process outside ends everything inside,
 * and the tmpfs mounts keep its /run, /opt/containerd and /etc/docker out of the machine's.
 * `ip netns exec` in place of `nsenter` would hide /sys/fs/cgroup, and dockerd would refuse to start.
 */
const prepareMounts =
  'for folder in /run /opt /etc/docker; do [ -d "$folder" ] && mount -t tmpfs tunegate "$folder"; done; exec tini -s -- dockerd "$@"';

export function buildDaemonCommand(place: DaemonPlace): Command {
  const file = (name: string) => `${place.stateFolder}/${name}`;
  return {
    program: 'nsenter',
    args: [
      `--net=/run/netns/${place.namespace}`,
      ...['unshare', '--mount', '--propagation', 'private', '--pid', '--fork', '--kill-child', '--mount-proc'],
      ...['sh', '-c', prepareMounts, 'tunegate-dockerd'],
      ...['--data-root', place.dataFolder, '--exec-root', file('exec'), '--pidfile', file('docker.pid')],
      // Named, so that the machine's own /etc/docker/daemon.json is not read.
      ...['--host', `unix://${file('docker.sock')}`, '--config-file', file('daemon.json')],
      ...[
        '--storage-driver',
        'overlay2',
        '--exec-opt',
        'native.cgroupdriver=cgroupfs',
        '--cgroup-parent',
        cgroupParent,
      ],
      // Guests share one bridge with the wire: no NAT, no rules, no port proxy is wanted.
      ...['--bridge', 'none', '--iptables=false', '--ip6tables=false', '--ip-forward=false', '--userland-proxy=false'],
      ...(place.settings ?? []),
    ],
  };
}

export async function startDockerDaemon(
  machine: Machine,
  place: DaemonPlace,
  state: RunState,
  signal: AbortSignal,
): Promise<DockerDaemon> {
  await machine.run({ program: 'mkdir', args: ['-p', place.dataFolder] }, { timeoutSeconds: 5 });
  await machine.writeFile(`${place.stateFolder}/daemon.json`, '{}\n');
  const daemon = await machine.start(buildDaemonCommand(place), { logFile: place.logFile });
  const mark = await markProcess(machine, daemon.pid);
  if (mark !== null) await state.noteProcess(dockerdName, mark);
  const socket = `${place.stateFolder}/docker.sock`;
  const docker = aimDocker(socket);
  const stop = () => stopDaemon(machine, daemon);
  try {
    await waitForDaemon(machine, docker('version', '--format', '{{.Server.Version}}'), daemon, place, signal);
  } catch (thrown) {
    await stop();
    throw thrown;
  }
  return { docker, socket, stop };
}

async function waitForDaemon(
  machine: Machine,
  version: Command,
  daemon: BackgroundProcess,
  place: DaemonPlace,
  signal: AbortSignal,
): Promise<void> {
  const deadline = performance.now() + 30_000;
  while ((await machine.run(version, { timeoutSeconds: 10, signal, allowFailure: true })).exitCode !== 0) {
    if (daemon.hasEnded() || performance.now() > deadline) {
      const said = lastLines((await machine.readFile(place.logFile)) ?? '', 3);
      throw new MeasurementError(
        `dockerd ${daemon.hasEnded() ? 'ended' : 'was not ready after 30 s'}; its last lines: ${said}`,
      );
    }
    await sleep(50);
  }
}

/** SIGTERM to the process inside, so that dockerd leaves its data in order; whatever resists dies with the outer one. */
async function stopDaemon(machine: Machine, daemon: BackgroundProcess): Promise<void> {
  const children = await machine.readFile(`/proc/${daemon.pid}/task/${daemon.pid}/children`);
  const inner = children?.trim().split(' ')[0];
  if (inner !== undefined && inner !== '') {
    await sendSignal(machine, 'TERM', [inner]);
    await Promise.race([daemon.ended, sleep(10_000, undefined, { ref: false })]);
  }
  await daemon.stop(0);
}
