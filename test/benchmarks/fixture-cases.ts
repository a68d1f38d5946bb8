import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchmarkTarget } from '../../src/benchmarks/benchmark.ts';
import { benchmarks, selectBenchmarks } from '../../src/benchmarks/benchmarks.ts';
import { buildVersionCommand } from '../../src/benchmarks/tool-versions.ts';
import type { Command, Machine } from '../../src/machines/machine.ts';
import type { TestName } from '../../src/vocabulary.ts';
import { emptyAddress, foreignAddress, hostAddress, type Lab, routedAddress } from './fixture-lab.ts';

/** What is recorded: the file's name, what is done to the path, and the command that is run meanwhile. */
export interface FixtureCase {
  readonly name: string;
  readonly situation: string;
  readonly command: Command;
  /** iptables rules of the host. */
  readonly rules?: readonly string[];
  readonly timeoutSeconds?: number;
  /** Runs before the command, with the rules in force. */
  readonly before?: (lab: Lab) => Promise<void>;
  /** Runs beside the command, from the moment it starts. */
  readonly meanwhile?: (lab: Lab, machine: Machine) => Promise<void>;
}

const target: BenchmarkTarget = {
  address: hostAddress,
  seconds: 1,
  ping: { count: 6, intervalSeconds: 0.1 },
  iperfUdpBitsPerSecond: 20_000_000,
};

const ask = (test: TestName, changes: Partial<BenchmarkTarget> = {}) =>
  benchmarks[test].buildCommand({ ...target, ...changes });

/** The command of a test with one stretch of its arguments replaced. */
function askWith(test: TestName, find: readonly string[], replacement: readonly string[]): Command {
  const { program, args } = ask(test);
  const at = args.findIndex((_, index) => find.every((word, offset) => args[index + offset] === word));
  if (at < 0) throw new Error(`${test} has no arguments ${find.join(' ')}`);
  return { program, args: [...args.slice(0, at), ...replacement, ...args.slice(at + find.length)] };
}

const rename = ({ program, args }: Command, from: string, to: string): Command => ({
  program,
  args: args.map((word) => word.replace(from, to)),
});

/** BusyBox has no -n; it never looks names up. */
const busyboxPing = (address: string, count: number): Command => ({
  program: 'busybox',
  args: ['ping', '-4', '-c', String(count), '-i', '0.1', '-W', '1', address],
});

const everyNth = (protocol: 'udp' | 'icmp', n: number, action: string) =>
  `-A INPUT -p ${protocol} -m statistic --mode nth --every ${n} --packet ${n - 1} -j ${action}`;
const noDataConnection = ['-A INPUT -p tcp --dport 12865 -j ACCEPT', '-A INPUT -p tcp --syn -j DROP'];
const noUdp = ['-A INPUT -p udp -j DROP'];
const duplicateReplies = ['-t mangle -A POSTROUTING -p icmp -j TEE --gateway 198.18.77.1'];

const killServersAfter = (seconds: number) => async (lab: Lab) => {
  await sleep(seconds * 1000);
  await lab.killServers();
};

const netperfCases: readonly FixtureCase[] = [
  { name: 'tcp_stream', situation: 'nothing is wrong', command: ask('tcp_stream') },
  { name: 'tcp_rr', situation: 'nothing is wrong', command: ask('tcp_rr') },
  { name: 'udp_rr', situation: 'nothing is wrong', command: ask('udp_rr') },
  {
    name: 'udp_stream',
    situation: 'one datagram in 50 is dropped',
    rules: [everyNth('udp', 50, 'DROP')],
    command: ask('udp_stream'),
  },
  {
    name: 'udp_rr-stalled',
    situation: 'one datagram in 1000 is dropped, and the first drop ends the conversation',
    rules: [everyNth('udp', 1000, 'DROP')],
    command: ask('udp_rr', { seconds: 2 }),
  },
  {
    name: 'tcp_stream-blocked',
    situation: 'only the control port may be connected to',
    rules: noDataConnection,
    command: ask('tcp_stream'),
  },
  {
    name: 'tcp_rr-blocked',
    situation: 'only the control port may be connected to',
    rules: noDataConnection,
    command: ask('tcp_rr'),
  },
  { name: 'udp_stream-blocked', situation: 'all datagrams are dropped', rules: noUdp, command: ask('udp_stream') },
  { name: 'udp_rr-blocked', situation: 'all datagrams are dropped', rules: noUdp, command: ask('udp_rr') },
  {
    name: 'udp_stream-unrouted',
    situation: 'the datagrams go to an address behind a router, and -R 1 is left out',
    command: askWith('udp_stream', ['-R', '1'], ['-H', routedAddress]),
  },
  {
    name: 'tcp_rr-units',
    situation: '-f m is given, which turns transactions into bits of payload',
    command: askWith('tcp_rr', ['--'], ['-f', 'm', '--']),
  },
  {
    name: 'tcp_stream-selectors',
    situation: 'a selector that netperf does not know is asked for in place of LOCAL_TRANSPORT_RETRANS',
    command: rename(ask('tcp_stream'), 'LOCAL_TRANSPORT_RETRANS', 'LOCAL_RETRANSMISSIONS'),
  },
  {
    name: 'tcp_stream-server-died',
    situation: 'netserver is killed during the test',
    command: ask('tcp_stream', { seconds: 3 }),
    meanwhile: killServersAfter(1),
  },
  {
    name: 'tcp_stream-deadline',
    situation: 'netperf is given more time than its caller has',
    command: ask('tcp_stream', { seconds: 10 }),
    timeoutSeconds: 1,
  },
  {
    name: 'tcp_rr-no-server',
    situation: 'nobody listens on the control port',
    command: askWith('tcp_rr', ['--'], ['-p', '12999', '--']),
  },
];

const iperfCases: readonly FixtureCase[] = [
  { name: 'iperf_tcp', situation: 'nothing is wrong', command: ask('iperf_tcp') },
  {
    name: 'iperf_udp',
    situation: 'one datagram in 50 is dropped',
    rules: [everyNth('udp', 50, 'DROP')],
    command: ask('iperf_udp'),
  },
  {
    name: 'iperf_udp-died-halfway',
    situation: 'from half of the test on all datagrams are dropped',
    command: ask('iperf_udp', { seconds: 2 }),
    async meanwhile(lab) {
      await sleep(1000);
      await lab.filter(noUdp);
    },
  },
  {
    name: 'iperf_tcp-zero',
    situation: 'segments of 1000 bytes and more are dropped, so that the control connection lives',
    rules: ['-A INPUT -p tcp -m length --length 1000: -j DROP'],
    command: ask('iperf_tcp'),
  },
  {
    name: 'iperf_udp-zero',
    situation: 'datagrams of 1000 bytes and more are dropped, so that the greeting passes',
    rules: ['-A INPUT -p udp -m length --length 1000: -j DROP'],
    command: ask('iperf_udp'),
  },
  {
    name: 'iperf_udp-blocked',
    situation: 'all datagrams are dropped, the greeting too',
    rules: noUdp,
    command: ask('iperf_udp'),
  },
  {
    name: 'iperf_tcp-no-server',
    situation: 'nobody listens on the port',
    command: askWith('iperf_tcp', ['-J'], ['-p', '5999', '-J']),
  },
  {
    name: 'iperf_tcp-blocked',
    situation: 'nothing may be connected to',
    rules: ['-A INPUT -p tcp --syn -j DROP'],
    command: ask('iperf_tcp'),
  },
  {
    name: 'iperf_tcp-busy',
    situation: 'another client measures against the same server',
    command: { program: 'sh', args: ['-c', 'sleep 0.5; exec "$@"', 'sh', 'iperf3', ...ask('iperf_tcp').args] },
    async meanwhile(lab, machine) {
      await machine.run(lab.inClient(ask('iperf_tcp', { seconds: 2 })), { timeoutSeconds: 20 });
    },
  },
  {
    name: 'iperf_tcp-server-died',
    situation: 'the server is killed during the test',
    command: ask('iperf_tcp', { seconds: 3 }),
    meanwhile: killServersAfter(1),
  },
];

const withIperf2 = selectBenchmarks({ iperf: 'iperf2' });
const askIperf2 = (test: TestName, ...more: string[]): Command => {
  const { program, args } = withIperf2[test].buildCommand(target);
  return { program, args: [...args, ...more] };
};

const iperf2Cases: readonly FixtureCase[] = [
  { name: 'iperf2_tcp', situation: 'nothing is wrong', command: askIperf2('iperf_tcp') },
  {
    name: 'iperf2_udp',
    situation: 'one datagram in 50 is dropped',
    rules: [everyNth('udp', 50, 'DROP')],
    command: askIperf2('iperf_udp'),
  },
  {
    name: 'iperf2_tcp-zero',
    situation: 'segments of 1000 bytes and more are dropped',
    rules: ['-A INPUT -p tcp -m length --length 1000: -j DROP'],
    command: askIperf2('iperf_tcp'),
    timeoutSeconds: 5,
  },
  {
    name: 'iperf2_tcp-no-server',
    situation: 'nobody listens on the port',
    command: askIperf2('iperf_tcp', '-p', '5999'),
  },
  {
    name: 'iperf2_tcp-blocked',
    situation: 'nothing may be connected to',
    rules: ['-A INPUT -p tcp --syn -j DROP'],
    command: askIperf2('iperf_tcp'),
    timeoutSeconds: 3,
  },
  {
    name: 'iperf2_tcp-server-died',
    situation: 'the server is killed during the test',
    command: { program: 'iperf', args: askIperf2('iperf_tcp').args.map((word) => (word === '1' ? '3' : word)) },
    meanwhile: killServersAfter(1),
  },
  {
    name: 'iperf2_udp-blocked',
    situation: 'all datagrams are dropped',
    rules: noUdp,
    command: askIperf2('iperf_udp'),
  },
  {
    name: 'iperf2_udp-no-server',
    situation: 'nobody listens on the port',
    command: askIperf2('iperf_udp', '-p', '5999'),
  },
  {
    name: 'iperf2_udp-second-client',
    situation: 'the server had a client before, which made it crash during this one',
    command: askIperf2('iperf_udp', '-p', '5998'),
    before: async (lab) => {
      await lab.startServer('iperf -s -u -p 5998');
      await lab.run(askIperf2('iperf_udp', '-p', '5998'));
    },
  },
  {
    name: 'iperf2_udp-too-early',
    situation: 'the server still listens to the client before',
    command: askIperf2('iperf_udp', '-p', '5997'),
    before: async (lab) => {
      await lab.startServer('iperf -s -u -U -p 5997');
      await lab.run(askIperf2('iperf_udp', '-p', '5997'));
    },
  },
  { name: 'iperf2_udp-csv', situation: 'CSV is asked for', command: askIperf2('iperf_udp', '-y', 'C') },
];

const pingCases: readonly FixtureCase[] = [
  { name: 'ping', situation: 'nothing is wrong', command: ask('ping') },
  {
    name: 'ping-lossy',
    situation: 'one request in 3 is dropped',
    rules: [everyNth('icmp', 3, 'DROP')],
    command: ask('ping'),
  },
  {
    name: 'ping-errors',
    situation: 'one request in 3 is refused',
    rules: [everyNth('icmp', 3, 'REJECT --reject-with icmp-host-unreachable')],
    command: ask('ping'),
  },
  { name: 'ping-duplicates', situation: 'every reply is doubled', rules: duplicateReplies, command: ask('ping') },
  {
    name: 'ping-silent',
    situation: 'all requests are dropped',
    rules: ['-A INPUT -p icmp -j DROP'],
    command: ask('ping'),
  },
  {
    name: 'ping-unreachable',
    situation: 'nobody has the address; waited for until the kernel says so',
    command: { program: 'ping', args: ['-4', '-n', '-c', '3', '-i', '1', '-W', '5', emptyAddress] },
  },
  { name: 'ping-no-route', situation: 'there is no route', command: ask('ping', { address: foreignAddress }) },
  { name: 'busybox-ping', situation: 'nothing is wrong', command: busyboxPing(hostAddress, 4) },
  {
    name: 'busybox-ping-lossy',
    situation: 'one request in 3 is dropped',
    rules: [everyNth('icmp', 3, 'DROP')],
    command: busyboxPing(hostAddress, 4),
  },
  {
    name: 'busybox-ping-duplicates',
    situation: 'every reply is doubled',
    rules: duplicateReplies,
    command: busyboxPing(hostAddress, 3),
  },
  { name: 'busybox-ping-silent', situation: 'nobody has the address', command: busyboxPing(emptyAddress, 2) },
];

const versionCases = (['netperf', 'iperf3', 'iperf2', 'ping'] as const).map(
  (tool): FixtureCase => ({
    name: `version-${tool}`,
    situation: 'asked for its version',
    command: buildVersionCommand(tool),
  }),
);

export const fixtureCases = [...netperfCases, ...iperfCases, ...iperf2Cases, ...pingCases, ...versionCases];
