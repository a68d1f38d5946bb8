import { setTimeout as sleep } from 'node:timers/promises';
import { type BackgroundProcess, type Command, inNamespace, type Machine } from '../../src/machines/machine.ts';
import { judgeRoute } from '../../src/networks/route.ts';
import { UndoStack } from '../../src/undo.ts';

const host = 'tgxhost';
const client = 'tgxclient';
const device = 'tgx0';

export const hostAddress = '198.18.77.2';
/** In the range of the link, held by nobody. */
export const emptyAddress = '198.18.77.9';
/** On the host's loopback: one hop behind the link. */
export const routedAddress = '198.18.78.2';
/** In no range that the client has a route for. */
export const foreignAddress = '198.18.99.9';

export interface Lab {
  inClient(command: Command): Command;
  /** Rules for packets that enter the host, in the words of iptables; `clear` removes them all. */
  filter(rules: readonly string[]): Promise<void>;
  clear(): Promise<void>;
  startServers(): Promise<void>;
  /** One more, in the host; ended with the others. */
  startServer(line: string): Promise<void>;
  /** Runs a command of the client to its end, whatever comes of it. */
  run(command: Command): Promise<void>;
  /** Ends the servers and what they forked, at once. */
  killServers(): Promise<void>;
  undo(): Promise<void>;
}

/** Two namespaces joined by a veth pair, servers in one of them; everything is gone after `undo`. */
export async function createLab(machine: Machine): Promise<Lab> {
  const undo = new UndoStack();
  const run = (line: string) => machine.run(toCommand(line), { timeoutSeconds: 10 });
  const inHost = (line: string) => machine.run(inNamespace(host, toCommand(line)), { timeoutSeconds: 10 });
  const servers: BackgroundProcess[] = [];
  const start = (line: string) => machine.start(inNamespace(host, toCommand(line)), { logFile: '/dev/null' });
  const lab: Lab = {
    inClient: (command) => inNamespace(client, command),
    async filter(rules) {
      for (const rule of rules) await inHost(`iptables ${rule}`);
    },
    async clear() {
      await inHost('iptables -F');
      await inHost('iptables -t mangle -F');
    },
    async startServers() {
      const lines = ['netserver -D -4', 'iperf3 -s -4', 'iperf -s', 'iperf -s -u -P 1'];
      for (const line of lines) servers.push(await start(line));
      await waitForPorts(machine, [12865, 5201, 5001]);
    },
    async startServer(line) {
      servers.push(await start(line));
      // It listens for datagrams, which no connection can tell.
      await sleep(500);
    },
    async run(command) {
      await machine.run(inNamespace(client, command), { timeoutSeconds: 20, allowFailure: true });
    },
    async killServers() {
      for (const server of servers.splice(0)) await server.stop(0);
    },
    undo: () => undo.runAll(),
  };
  try {
    await tidyNamespaceFolder(machine, undo);
    for (const namespace of [host, client]) {
      await run(`ip netns add ${namespace}`);
      undo.push(`remove namespace ${namespace}`, async () => void (await run(`ip netns del ${namespace}`)));
    }
    undo.push('stop the servers', lab.killServers);
    for (const line of linkCommands) await run(line);
    for (const setting of hostSettings) {
      const command = { program: 'sysctl', args: ['-q', '-w', setting] };
      await machine.run(inNamespace(host, command), { timeoutSeconds: 5 });
    }
    await checkRoutes(machine);
    await lab.startServers();
    return lab;
  } catch (thrown) {
    await undo.runAll();
    throw thrown;
  }
}

/** `ip netns add` mounts /run/netns and leaves it so; it is busy, and stays, where others have namespaces by then. */
async function tidyNamespaceFolder(machine: Machine, undo: UndoStack): Promise<void> {
  const mounts = (await machine.readFile('/proc/mounts')) ?? '';
  if (mounts.includes(' /run/netns ')) return;
  undo.push('tidy up /run/netns', async () => {
    await machine.run(toCommand('umount /run/netns'), { timeoutSeconds: 5, allowFailure: true });
    await machine.run(toCommand('rmdir /run/netns'), { timeoutSeconds: 5, allowFailure: true });
  });
}

const linkCommands = [
  `ip link add ${device} netns ${host} type veth peer name ${device} netns ${client}`,
  `ip -n ${host} link set lo up`,
  `ip -n ${host} link set ${device} up`,
  `ip -n ${host} addr add ${hostAddress}/24 dev ${device}`,
  `ip -n ${host} addr add ${routedAddress}/32 dev lo`,
  `ip -n ${client} link set lo up`,
  `ip -n ${client} link set ${device} up`,
  `ip -n ${client} addr add 198.18.77.1/24 dev ${device}`,
  `ip -n ${client} route add ${routedAddress} via ${hostAddress}`,
];

/** Unlike the client's, so that a parser that mixes up the ends is found out. They belong to the namespace. */
const hostSettings = [
  'net.ipv4.tcp_congestion_control=reno',
  'net.ipv4.tcp_rmem=4096 65536 8388608',
  'net.ipv4.tcp_wmem=4096 32768 2097152',
];

function toCommand(line: string): Command {
  const [program = '', ...args] = line.split(' ');
  return { program, args };
}

async function checkRoutes(machine: Machine): Promise<void> {
  for (const address of [hostAddress, emptyAddress, routedAddress]) {
    const { stdout } = await machine.run(toCommand(`ip -n ${client} -j route get ${address}`), { timeoutSeconds: 5 });
    const problem = judgeRoute(stdout, device);
    if (problem !== null) throw new Error(`traffic to ${address} would ${problem}; it must leave by ${device}`);
  }
}

async function waitForPorts(machine: Machine, ports: readonly number[]): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const { stdout } = await machine.run(inNamespace(host, toCommand('ss -Hltn')), { timeoutSeconds: 5 });
    if (ports.every((port) => stdout.includes(`:${port} `))) return;
    await sleep(50);
  }
  throw new Error(`no server listens on ports ${ports.join(' and ')} after 5 s`);
}
