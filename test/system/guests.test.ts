import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { benchmarks } from '../../src/benchmarks/benchmarks.ts';
import type { GuestRequest } from '../../src/guests/guest.ts';
import { machineFolders } from '../../src/hosts/folders.ts';
import { guestServer } from '../../src/images/guest-tree.ts';
import { createLocalMachine } from '../../src/machines/local.ts';
import { inNamespace } from '../../src/machines/machine.ts';
import { type PreparedMachine, prepareMachine } from '../../src/measurement/prepare-machine.ts';
import { checkRoute } from '../../src/networks/route.ts';
import { catalogue } from '../../src/profiles/catalogue.ts';
import type { Profile } from '../../src/profiles/profile.schema.ts';
import type { Attachment, GuestKind } from '../../src/vocabulary.ts';
import { describeWith } from '../requirements.ts';
import { takeSnapshot } from './machine-snapshot.ts';

const machine = createLocalMachine();
const { signal } = new AbortController();

const everything: Profile['parameters'] = {
  'guest.docker.address': '198.18.0.20',
  'guest.docker.cpus': 0.5,
  'guest.docker.cpuset': '0',
  'guest.docker.mac': '02:54:47:00:00:20',
  'guest.docker.memory': '256MiB',
};

/** Everything that a container can have besides; each value is another than what it has without. */
const beyond: Profile['parameters'] = {
  'guest.docker.offload.generic-receive': true,
  'guest.docker.offload.generic-segmentation': false,
  'guest.docker.offload.scatter-gather': false,
  'guest.docker.offload.tcp-segmentation': false,
  'guest.docker.offload.tx-checksumming': false,
  'guest.docker.server.priority': 20,
  'guest.docker.sysctl.net.core.somaxconn': 1234,
  'guest.docker.sysctl.net.ipv4.tcp_autocorking': false,
  'guest.docker.sysctl.net.ipv4.tcp_congestion_control': 'reno',
  'guest.docker.sysctl.net.ipv4.tcp_fastopen': 3,
  'guest.docker.sysctl.net.ipv4.tcp_no_metrics_save': true,
  'guest.docker.sysctl.net.ipv4.tcp_notsent_lowat': 131_072,
  'guest.docker.sysctl.net.ipv4.tcp_rmem': '8192 65536 1048576',
  'guest.docker.sysctl.net.ipv4.tcp_slow_start_after_idle': false,
  'guest.docker.sysctl.net.ipv4.tcp_timestamps': false,
  'guest.docker.sysctl.net.ipv4.tcp_wmem': '8192 65536 1048576',
  'guest.docker.sysctl.net.ipv4.udp_rmem_min': 16_384,
  'guest.docker.tty': true,
  'guest.docker.txqueuelen': 500,
  'guest.docker.ulimit.memlock': '4MiB',
};

const sysctlPrefix = 'guest.docker.sysctl.';

/** Which command changes each parameter behind our back; PID is that of the container's first process. */
const mutations: readonly (readonly [parameter: string, command: string])[] = [
  ['guest.docker.address', 'ip address del 198.18.0.20/24 dev eth0'],
  ['guest.docker.cpus', 'docker update --cpus 0.25 tunegate-d001'],
  ['guest.docker.cpuset', 'docker update --cpuset-cpus 1 tunegate-d001'],
  ['guest.docker.mac', 'ip link set dev eth0 address 02:54:47:00:00:21'],
  ['guest.docker.memory', 'docker update --memory 512m --memory-swap 1g tunegate-d001'],
  ['guest.docker.offload.generic-receive', 'ethtool -K eth0 gro off'],
  ['guest.docker.offload.generic-segmentation', 'ethtool -K eth0 gso on'],
  ['guest.docker.offload.scatter-gather', 'ethtool -K eth0 sg off'],
  ['guest.docker.offload.tcp-segmentation', 'ethtool -K eth0 tso on'],
  ['guest.docker.offload.tx-checksumming', 'ethtool -K eth0 tx off'],
  ['guest.docker.server.priority', 'chrt --fifo --pid 21 PID'],
  ...Object.keys(beyond)
    .filter((name) => name.startsWith(sysctlPrefix))
    .map((name) => [name, `sysctl ${name.slice(sysctlPrefix.length)}`] as const),
  ['guest.docker.txqueuelen', 'ip link set dev eth0 txqueuelen 501'],
  ['guest.docker.ulimit.memlock', 'prlimit --pid PID --memlock=1048576:1048576'],
];

/** Why the other parameters cannot be changed behind our back here. */
const unchangeable: Readonly<Record<string, string>> = {
  'guest.docker.cpuset-mems': 'this machine has one NUMA node, so there is no other to change to',
  'guest.docker.tty': 'a running process keeps the standard output that it was started with',
};

/** Links of the host's namespace; the random ones of containers are gone when nothing runs. */
async function readHostLinks(): Promise<string[]> {
  const show = { program: 'ip', args: ['-n', 'tghost', '-o', 'link'] };
  const { stdout } = await machine.run(show, { timeoutSeconds: 5 });
  // Without the interface numbers, which count up, and the carrier, which follows a moment later.
  return stdout
    .split('\n')
    .map((line) => line.replace(/^\d+: |@\S+|state \S+|NO-CARRIER,|,LOWER_UP|link-netns \S+/g, ''));
}

/** The container's first process, seen from outside. */
async function findServer(): Promise<string> {
  const list = await machine.run({ program: 'pgrep', args: ['-f', guestServer] }, { timeoutSeconds: 5 });
  for (const pid of list.stdout.split('\n').filter(Boolean)) {
    if (/^NSpid:.*\s1$/m.test((await machine.readFile(`/proc/${pid}/status`)) ?? '')) return pid;
  }
  throw new Error('no container runs');
}

/** A value that differs from the one in `beyond`. */
async function otherSetting(key: string): Promise<string> {
  const value = beyond[`${sysctlPrefix}${key}`];
  if (typeof value === 'boolean') return value ? '0' : '1';
  if (typeof value === 'number') return String(value - 1);
  // Of the algorithms only the host's default and reno are always allowed in other namespaces.
  if (value === 'reno') return (await machine.readFile('/proc/sys/net/ipv4/tcp_congestion_control'))?.trim() ?? '';
  return '8192 65536 2097152';
}

function buildProfile(parameters: Profile['parameters']): Profile {
  return { name: 'test', description: null, compareTo: null, parameters, sha256: '0'.repeat(64) };
}

describeWith(['root', 'namespaces', 'docker', 'netperf', 'iperf3'], 'guests over the embedded topology', () => {
  let folder: string;
  let before: Awaited<ReturnType<typeof takeSnapshot>>;
  let prepared: PreparedMachine;

  beforeAll(async () => {
    before = await takeSnapshot();
    folder = await mkdtemp(join(tmpdir(), 'tunegate-system-'));
    const guests: GuestKind[] = ['docker', 'bare'];
    const watch = () => {};
    const now = () => new Date();
    const { pid } = process;
    prepared = await prepareMachine({
      machine,
      folders: machineFolders,
      run: 'system-test',
      guests,
      logFolder: folder,
      pid,
      watch,
      signal,
      now,
    });
  }, 60_000);

  afterAll(async () => {
    await prepared?.restore();
    expect(await takeSnapshot()).toEqual(before);
  }, 60_000);

  const launch = async (
    kind: GuestKind,
    parameters: Profile['parameters'] = {},
    { attachment = 'bridge' as Attachment, deadlineSeconds = 20 } = {},
  ) => {
    const request: GuestRequest = {
      id: 'd001',
      attachment,
      profile: buildProfile(parameters),
      layers: ['guest'],
      logFile: join(folder, `${kind}.log`),
      deadlineSeconds,
      signal,
    };
    const driver = prepared.drivers.get(kind);
    if (driver === undefined) throw new Error(`no driver for ${kind}`);
    return driver.launch(request);
  };

  /** Runs it in the container's network namespace. */
  const changeBehindOurBack = async (command: string) => {
    const pid = await findServer();
    const [program = '', ...args] = command.replaceAll('PID', pid).split(' ');
    const docker = ['/usr/bin/docker', '--host', `unix://${machineFolders.state}/docker.sock`];
    const inside = ['nsenter', '--target', pid, '--net', '--'];
    const [first = '', ...rest] =
      program === 'docker'
        ? [...docker, ...args]
        : program === 'sysctl'
          ? [...inside, 'tee', `/proc/sys/${(args[0] ?? '').replaceAll('.', '/')}`]
          : [...inside, program, ...args];
    const input = program === 'sysctl' ? { input: await otherSetting(args[0] ?? '') } : {};
    await machine.run({ program: first, args: rest }, { timeoutSeconds: 10, ...input });
  };

  it('docker: every parameter that was applied is proven', async () => {
    const guest = await launch('docker', everything);
    try {
      const checks = await guest.probe(everything, ['guest']);
      expect(checks.map(({ parameter, found, result }) => [parameter, found, result])).toEqual([
        ['guest.docker.address', 'eth0 198.18.0.20, daemon 198.18.0.20', 'verified'],
        ['guest.docker.cpus', 'CPU quota 0.5', 'verified'],
        ['guest.docker.cpuset', 'Cpus_allowed_list 0', 'verified'],
        ['guest.docker.mac', 'eth0 02:54:47:00:00:20, daemon 02:54:47:00:00:20', 'verified'],
        ['guest.docker.memory', 'memory limit 256MiB', 'verified'],
      ]);
    } finally {
      await guest.stop();
    }
  });

  it('docker: every parameter that was not applied is found missing', async () => {
    const guest = await launch('docker');
    try {
      const checks = await guest.probe(everything, ['guest']);
      expect(checks.map(({ parameter, result }) => [parameter, result])).toEqual(
        Object.keys(everything).map((parameter) => [parameter, 'mismatch']),
      );
    } finally {
      await guest.stop();
    }
  });

  it.each(['bridge', 'physical'] as const)(
    'docker over %s: what is set beside docker run and on its link is proven, and gone afterwards',
    async (attachment) => {
      const wireBefore = await readHostLinks();
      const guest = await launch('docker', beyond, { attachment });
      try {
        const checks = await guest.probe(beyond, ['guest']);
        expect(checks.filter(({ result }) => result !== 'verified')).toEqual([]);
        expect(checks.map(({ parameter }) => parameter)).toEqual(Object.keys(beyond));
        const target = { address: guest.address, seconds: 1, ping: { count: 3, intervalSeconds: 0.1 } };
        const command = benchmarks.tcp_stream.buildCommand({ ...target, iperfUdpBitsPerSecond: 1_000_000 });
        const output = await machine.run(inNamespace('tgclient', command), { timeoutSeconds: 20 });
        expect(benchmarks.tcp_stream.parse(output).metrics.throughput).toMatchObject({ unit: 'bit/s' });
        // Forked for the test just taken: it has inherited the priority.
        expect((await guest.probe(beyond, ['guest'])).filter(({ result }) => result !== 'verified')).toEqual([]);
      } finally {
        await guest.stop();
      }
      expect(await readHostLinks()).toEqual(wireBefore);
    },
  );

  it('docker: what was not set beside docker run is found missing', async () => {
    const guest = await launch('docker');
    try {
      const checks = await guest.probe(beyond, ['guest']);
      expect(checks.map(({ parameter, result }) => [parameter, result])).toEqual(
        Object.keys(beyond).map((parameter) => [parameter, 'mismatch']),
      );
      const found = Object.fromEntries(checks.map((check) => [check.parameter, check.found]));
      expect(found).toMatchObject({
        'guest.docker.offload.tcp-segmentation': 'tx-tcp-segmentation: on',
        'guest.docker.tty': 'standard output pipe, daemon without a terminal',
        'guest.docker.txqueuelen': 'eth0 txqlen 0',
      });
      expect(found['guest.docker.server.priority']).toContain('netserver OTHER');
    } finally {
      await guest.stop();
    }
  });

  it('docker: an offload that another one takes along is a mismatch, although the line of its group says on', async () => {
    const asked = { 'guest.docker.offload.scatter-gather': false, 'guest.docker.offload.tcp-segmentation': true };
    const guest = await launch('docker', asked);
    try {
      const checks = await guest.probe(asked, ['guest']);
      expect(checks.map(({ requested, found, result }) => [requested, found, result])).toEqual([
        ['off', 'tx-scatter-gather: off', 'verified'],
        ['on', expect.stringMatching(/^tx-tcp-segmentation: off/), 'mismatch'],
      ]);
    } finally {
      await guest.stop();
    }
  });

  it('docker: each setting changed behind our back is named by its probe and by no other', async () => {
    // With these two on, everything that rests on them can be changed alone.
    const base = {
      ...everything,
      ...beyond,
      'guest.docker.offload.scatter-gather': true,
      'guest.docker.offload.tx-checksumming': true,
    };
    const changeable = mutations.map(([name]) => name);
    expect([...changeable, ...Object.keys(unchangeable)].sort()).toEqual(
      [...catalogue.values()]
        .filter((entry) => entry.docker !== undefined)
        .map((entry) => entry.name)
        .sort(),
    );
    for (const [name, reason] of Object.entries(unchangeable))
      process.stdout.write(`not changed behind our back: ${name}, ${reason}\n`);
    for (const [name, command] of mutations) {
      const guest = await launch('docker', base);
      try {
        await changeBehindOurBack(command);
        const wrong = (await guest.probe(base, ['guest'])).filter(({ result }) => result !== 'verified');
        expect(
          wrong.map(({ parameter }) => parameter),
          command,
        ).toEqual([name]);
      } finally {
        await guest.stop();
      }
    }
  });

  it.each([
    ['docker', 'bridge'],
    ['docker', 'physical'],
    ['bare', 'bridge'],
    ['bare', 'physical'],
  ] as const)(
    '%s over %s: reached by the planned device, measured, removed, and started again',
    async (kind, attachment) => {
      const wireBefore = await readHostLinks();
      for (const round of [1, 2]) {
        const guest = await launch(kind, everything, { attachment });
        try {
          await checkRoute(machine, prepared.topology, guest.address);
          const target = { address: guest.address, seconds: 1, ping: { count: 3, intervalSeconds: 0.1 } };
          const command = benchmarks.tcp_rr.buildCommand({ ...target, iperfUdpBitsPerSecond: 1_000_000 });
          const output = await machine.run(inNamespace('tgclient', command), { timeoutSeconds: 20 });
          expect(benchmarks.tcp_rr.parse(output).metrics.latency, `round ${round}`).toMatchObject({ unit: 's' });
          const facts = await guest.collectFacts();
          expect(facts['tcp.congestion_control']).toEqual(expect.any(String));
          if (attachment === 'physical') expect(facts['mtu.guest']).toBe(1500);
          const results = (await guest.probe(everything, ['guest'])).map(({ result }) => result);
          expect(new Set(results)).toEqual(new Set(kind === 'docker' ? ['verified'] : []));
        } finally {
          await guest.stop();
          await guest.stop();
        }
        expect(await readHostLinks()).toEqual(wireBefore);
      }
    },
  );

  it('docker over physical: a container that dies with the wire gives it back as it was', async () => {
    const wireBefore = await readHostLinks();
    const guest = await launch('docker', everything, { attachment: 'physical' });
    expect(await readHostLinks()).not.toEqual(wireBefore);
    const socket = `unix://${machineFolders.state}/docker.sock`;
    await machine.run(
      { program: '/usr/bin/docker', args: ['--host', socket, 'kill', 'tunegate-d001'] },
      { timeoutSeconds: 10 },
    );
    await guest.stop();
    expect(await readHostLinks()).toEqual(wireBefore);
    const again = await launch('bare', {}, { attachment: 'bridge' });
    await again.stop();
  });

  it.each([
    ['docker', 'FORWARD', '198.18.0.16'],
    ['bare', 'INPUT', '198.18.0.2'],
  ] as const)(
    '%s: a guest that never becomes ready is a failed start, and nothing of it is left',
    async (kind, chain, address) => {
      const rule = [chain, '--protocol', 'tcp', '--dport', '12865', '--jump', 'DROP'];
      const iptables = (verb: string) => inNamespace('tghost', { program: 'iptables', args: [verb, ...rule] });
      await machine.run(iptables('--insert'), { timeoutSeconds: 10 });
      try {
        const start = launch(kind, kind === 'docker' ? { 'guest.docker.address': address } : {}, {
          deadlineSeconds: 1,
        });
        await expect(start).rejects.toThrow(
          `the guest was not ready after 1 s (port 12865 of ${address} does not answer)`,
        );
      } finally {
        await machine.run(iptables('--delete'), { timeoutSeconds: 10 });
      }
      const { processes } = await takeSnapshot();
      expect(processes?.filter((line) => /netserver|iperf3|docker .*run/.test(line))).toEqual([]);
    },
  );

  it('refuses a route by another device', async () => {
    const elsewhere = { ...prepared.topology, clientDevice: 'tgw9' };
    await expect(checkRoute(machine, elsewhere, '198.18.0.2')).rejects.toThrow(
      'would leave by tgw0; it must leave by tgw9',
    );
    await expect(checkRoute(machine, prepared.topology, '203.0.113.1')).rejects.toThrow(
      'cannot be reached from tgclient',
    );
    await expect(checkRoute(machine, prepared.topology, '198.18.0.1')).rejects.toThrow('stay on the machine itself');
  });

  it('docker: what the daemon refuses is a failed start that says why', async () => {
    await expect(launch('docker', { 'guest.docker.address': '198.18.0.1' })).rejects.toThrow(/Address already in use/);
    await expect(readFile(join(folder, 'docker.log'), 'utf8')).resolves.toContain('Address already in use');
    await expect(launch('docker', { 'guest.docker.cpuset-mems': '7' })).rejects.toThrow(/memory nodes/i);
    await expect(launch('docker', { 'guest.docker.sysctl.net.ipv4.tcp_congestion_control': 'nosuch' })).rejects.toThrow(
      /tcp_congestion_control/,
    );
  });

  it('keeps a second run out of the machine', async () => {
    const { pid } = process;
    const second = prepareMachine({
      machine,
      folders: machineFolders,
      run: 'second',
      guests: ['bare'],
      logFolder: folder,
      pid,
      watch: () => {},
      signal,
      now: () => new Date(),
    });
    await expect(second).rejects.toThrow(/is already being measured by process/);
  });
});
