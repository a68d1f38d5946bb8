import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { benchmarks } from '../../src/benchmarks/benchmarks.ts';
import type { GuestRequest } from '../../src/guests/guest.ts';
import { machineFolders } from '../../src/hosts/folders.ts';
import { createLocalMachine } from '../../src/machines/local.ts';
import { inNamespace } from '../../src/machines/machine.ts';
import { type PreparedMachine, prepareMachine } from '../../src/measurement/prepare-machine.ts';
import { checkRoute } from '../../src/networks/route.ts';
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

/** Links of the host's namespace; the random ones of containers are gone when nothing runs. */
async function readHostLinks(): Promise<string[]> {
  const show = { program: 'ip', args: ['-n', 'tghost', '-o', 'link'] };
  const { stdout } = await machine.run(show, { timeoutSeconds: 5 });
  // Without the interface numbers, which count up, and the carrier, which follows a moment later.
  return stdout
    .split('\n')
    .map((line) => line.replace(/^\d+: |@\S+|state \S+|NO-CARRIER,|,LOWER_UP|link-netns \S+/g, ''));
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

  it('docker: a setting changed behind our back is named by its probe and by no other', async () => {
    const guest = await launch('docker', everything);
    try {
      const socket = `unix://${machineFolders.state}/docker.sock`;
      const update = {
        program: '/usr/bin/docker',
        args: ['--host', socket, 'update', '--cpus', '0.25', 'tunegate-d001'],
      };
      await machine.run(update, { timeoutSeconds: 10 });
      const wrong = (await guest.probe(everything, ['guest'])).filter(({ result }) => result !== 'verified');
      expect(wrong).toEqual([
        expect.objectContaining({ parameter: 'guest.docker.cpus', requested: '0.5', found: 'CPU quota 0.25' }),
      ]);
    } finally {
      await guest.stop();
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
