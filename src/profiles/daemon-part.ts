import type { HostPart, HostPlace, HostReadings } from './host-part.ts';
import { notHere, unreadable } from './host-setting.ts';
import { nameCommand } from './name-command.ts';
import { enterNamespace, type ParameterCommand } from './parameter-command.ts';
import type { ParameterValue } from './profile.schema.ts';
import type { Reading } from './reading.ts';

/** How a setting of the private dockerd is given and read back. A dockerd of somebody else is neither set nor asked. */
export interface DaemonSetting<Value extends ParameterValue> {
  readonly arguments: (value: Value) => readonly string[];
  /** What tells, by a name of its own; each must print something usable. */
  readonly shows: Readonly<Record<string, (place: RunningDaemon) => ParameterCommand>>;
  readonly judge: (value: Value, shown: Readonly<Record<string, string>>) => Reading;
}

export interface RunningDaemon {
  readonly socket: string;
  /** Network namespace in which it works; null: the host's own. */
  readonly namespace: string | null;
}

export function buildDaemonPart<Value extends ParameterValue>(setting: DaemonSetting<Value>): HostPart<Value> {
  const { arguments: daemonArguments, shows, judge } = setting;
  const list = (place: HostPlace) => {
    const daemon = findDaemon(place);
    return daemon === null ? [] : Object.entries(shows).map(([name, show]) => [name, show(daemon)] as const);
  };
  return {
    daemonArguments,
    reads: (_, place) => ({ commands: list(place).map(([, command]) => command) }),
    read: (value, { outputs }: HostReadings, place) => {
      if (findDaemon(place) === null) return notHere('no private dockerd runs on this host now');
      const shown: Record<string, string> = {};
      for (const [name, command] of list(place)) {
        const text = outputs[nameCommand(command)];
        if (text === undefined) return unreadable(`\`${describe(command)}\` fails`);
        shown[name] = text;
      }
      return judge(value, shown);
    },
  };
}

/** The private dockerd lives where the interface under test is during a run. */
function findDaemon({ dockerSocket, nic }: HostPlace): RunningDaemon | null {
  return dockerSocket === null ? null : { socket: dockerSocket, namespace: nic?.namespace ?? null };
}

/** Debian's own client: another one may come first on PATH and be newer than the daemon. */
const client = '/usr/bin/docker';

export function askDaemon(...args: readonly string[]) {
  return ({ socket }: RunningDaemon): ParameterCommand => ({
    program: client,
    args: ['--host', `unix://${socket}`, ...args],
  });
}

/** All of its networks that are bridges, in one answer. */
const inspectBridges =
  '"$0" --host "$1" network inspect $("$0" --host "$1" network ls --quiet --no-trunc --filter driver=bridge)';

export function showBridgeNetworks({ socket }: RunningDaemon): ParameterCommand {
  return { program: 'sh', args: ['-c', inspectBridges, client, `unix://${socket}`] };
}

/** The same command in the daemon's network namespace. */
export function besideDaemon(command: ParameterCommand) {
  return ({ namespace }: RunningDaemon): ParameterCommand => enterNamespace(namespace, command);
}

/** Without the script of a shell, which nobody wants to read in a table. */
function describe({ program, args }: ParameterCommand): string {
  return args.includes(inspectBridges) ? 'docker network inspect' : [program, ...args].join(' ');
}
