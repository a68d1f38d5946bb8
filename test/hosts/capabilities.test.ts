import { describe, expect, it } from 'vitest';
import { type Facility, facilityNames, judgeCgroups } from '../../src/hosts/facilities.ts';
import { type Capability, judgeCapabilities } from '../../src/hosts/judge-capabilities.ts';
import { canMeasure, listUnsupported } from '../../src/hosts/list-unsupported.ts';
import { type ToolReading, tools } from '../../src/hosts/tools.ts';

function createFacilities(lacking: readonly string[] = []): Facility[] {
  return facilityNames.map((name) =>
    lacking.includes(name)
      ? { name, available: false, found: 'tried, fails', remedy: `get ${name}` }
      : { name, available: true, found: 'tried, works', remedy: null },
  );
}

function createTools(lacking: readonly string[] = []): ToolReading[] {
  return tools.map(({ name, packages }) =>
    lacking.includes(name)
      ? { name, packages, path: null, version: null, problem: 'not installed' }
      : { name, packages, path: `/usr/bin/${name}`, version: '1', problem: null },
  );
}

function judge({ without = [] as readonly string[] } = {}): readonly Capability[] {
  return judgeCapabilities(createTools(without), createFacilities(without));
}

function listLacking(capabilities: readonly Capability[]): string[] {
  return capabilities.filter(({ available }) => !available).map(({ kind, name }) => `${kind} ${name}`);
}

describe('judgeCapabilities', () => {
  it('can do everything where everything is there', () => {
    expect(listLacking(judge())).toEqual([]);
    expect(canMeasure(judge())).toBe(true);
  });

  it.each([
    ['tun', ['combination qemu/bridge']],
    ['guest-kernel', ['guest qemu']],
    ['qemu-system-x86_64', ['guest qemu']],
    ['lz4', ['guest qemu']],
    ['iptables', []],
    ['dockerd', ['guest docker']],
    ['overlay', ['guest docker']],
    ['cgroups', ['guest docker']],
    ['ping', ['test ping']],
    ['netperf', ['guest docker', 'guest qemu', 'test tcp_stream', 'test tcp_rr', 'test udp_stream', 'test udp_rr']],
    ['bridge', ['guest docker', 'guest bare', 'attachment bridge', 'attachment physical']],
    [
      'kill',
      ['guest docker', 'guest qemu', 'guest bare', 'attachment bridge', 'attachment physical', 'attachment user'],
    ],
    ['root', ['guest docker', 'combination qemu/physical']],
    ['user-namespaces', []],
  ])('without %s cannot do %j', (without, expected) => {
    expect(listLacking(judge({ without: [without] }))).toEqual(expected);
  });

  it('names everything that lacks, and how to get it', () => {
    const docker = judge({ without: ['overlay', 'dockerd', 'docker', 'tini'] }).find(({ name }) => name === 'docker');
    expect(docker).toEqual({
      kind: 'guest',
      name: 'docker',
      available: false,
      reason: 'overlay: tried, fails; dockerd: not installed; docker: not installed; tini: not installed',
      remedy: 'get overlay; install docker.io, docker-cli or docker.io, tini (`npm run bench` does)',
    });
  });

  it('names every package that is missing in one remedy', () => {
    const qemu = judge({ without: ['qemu-system-x86_64', 'busybox', 'zstd'] }).find(({ name }) => name === 'qemu');
    expect(qemu?.remedy).toBe('install busybox-static, qemu-system-x86, zstd (`npm run bench` does)');
  });

  it('without root or namespaces names that alone, since the kernel then refuses the others too', () => {
    const capabilities = judge({ without: ['root', 'namespaces', 'veth', 'bridge'] });
    const find = (wanted: string) => capabilities.find(({ name }) => name === wanted);
    expect(find('docker')).toMatchObject({ reason: 'root: tried, fails', remedy: 'get root' });
    expect(find('bare')).toMatchObject({ reason: 'namespaces: tried, fails', remedy: 'get namespaces' });
  });

  it('cannot measure without a guest, without an attachment or without a test', () => {
    expect(canMeasure(judge({ without: ['root'] }))).toBe(true);
    expect(canMeasure(judge({ without: ['namespaces'] }))).toBe(true);
    expect(canMeasure(judge({ without: ['namespaces', 'guest-kernel'] }))).toBe(false);
    expect(canMeasure(judge({ without: ['netperf', 'iperf3', 'ping'] }))).toBe(false);
    expect(canMeasure(judge({ without: ['dockerd'] }))).toBe(true);
  });
});

describe('listUnsupported', () => {
  it('names combinations that do not exist in this version, and nothing of those that do', () => {
    const unsupported = listUnsupported(judge());
    const reasons = unsupported.map(({ guest, attachment, reason }) => `${guest}/${attachment}: ${reason}`);
    expect(reasons).toContain('qemu/vf: this version of Tunegate has no attachment vf');
    expect(reasons).toContain('docker/vf: this version of Tunegate has no attachment vf');
    expect(unsupported.filter(({ attachment }) => attachment === 'bridge' || attachment === 'physical')).toEqual([]);
  });

  it('drops one test of every guest, with why and how to get it', () => {
    const reason = 'ping: not installed; to get it: install iputils-ping (`npm run bench` does)';
    expect(listUnsupported(judge({ without: ['ping'] })).filter(({ attachment }) => attachment === 'bridge')).toEqual([
      { guest: 'docker', attachment: 'bridge', test: 'ping', reason },
      { guest: 'qemu', attachment: 'bridge', test: 'ping', reason },
      { guest: 'bare', attachment: 'bridge', test: 'ping', reason },
    ]);
  });

  it('keeps ping and the other guests off the network that QEMU itself has', () => {
    const onUser = listUnsupported(judge()).filter(({ attachment }) => attachment === 'user');
    expect(onUser.map(({ guest, test, reason }) => [guest, test, reason])).toEqual([
      ['docker', null, expect.stringContaining('only guest qemu can be on it, not docker')],
      ['qemu', 'ping', 'attachment user forwards single ports to the guest, and an echo request has none'],
      ['bare', null, expect.stringContaining('only guest qemu can be on it, not bare')],
    ]);
  });

  it('names the attachment that needs no privilege where a virtual machine is kept from the wire', () => {
    const find = (without: string[], attachment: string) =>
      listUnsupported(judge({ without })).find((entry) => entry.guest === 'qemu' && entry.attachment === attachment)
        ?.reason;
    expect(find(['tun'], 'bridge')).toBe(
      'tun: tried, fails; to get it: get tun; guest qemu over attachment user can be measured here',
    );
    expect(find(['root'], 'physical')).toMatch(/^root: .*; guest qemu over attachment user can be measured here$/);
    expect(find(['tun', 'guest-kernel'], 'bridge')).not.toContain('attachment user');
  });

  it('drops a whole guest rather than each of its tests', () => {
    const docker = listUnsupported(judge({ without: ['tini', 'ping'] })).filter(
      ({ guest, attachment }) => guest === 'docker' && attachment === 'bridge',
    );
    expect(docker).toEqual([expect.objectContaining({ test: null, reason: expect.stringMatching(/^tini: not inst/) })]);
  });
});

describe('judgeCgroups', () => {
  const mounts = (...controllers: string[]) =>
    controllers
      .map((name) => `cgroup /sys/fs/cgroup/${name} cgroup rw,nosuid,nodev,noexec,relatime,${name} 0 0`)
      .join('\n');

  it('reads version 2 from its list of controllers', () => {
    expect(judgeCgroups('cpuset cpu io memory hugetlb pids\n', '')).toEqual({
      name: 'cgroups',
      available: true,
      found: 'version 2: cpuset cpu io memory hugetlb pids',
      remedy: null,
    });
  });

  it('reads version 1 from the mounts, also joined ones', () => {
    const systemd = 'cgroup /sys/fs/cgroup/systemd cgroup rw,relatime,xattr,name=systemd 0 0';
    const text = `${mounts('cpu,cpuacct', 'cpuset', 'memory', 'devices')}\n${systemd}\n`;
    expect(judgeCgroups(null, text)).toMatchObject({
      available: true,
      found: 'version 1: cpu cpuacct cpuset memory devices',
    });
  });

  it('names the controllers that are switched off', () => {
    expect(judgeCgroups('cpuset cpu io pids\n', '')).toMatchObject({
      available: false,
      remedy: 'switch on the controllers memory (boot parameter cgroup_enable=...)',
    });
    expect(judgeCgroups(null, mounts('cpu', 'cpuset', 'memory'))).toMatchObject({ available: false });
    expect(judgeCgroups(null, '')).toMatchObject({ available: false, found: 'none mounted' });
  });
});
