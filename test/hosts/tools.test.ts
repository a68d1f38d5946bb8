import { describe, expect, it } from 'vitest';
import { readTools, tools } from '../../src/hosts/tools.ts';
import type { Machine, Outcome } from '../../src/machines/machine.ts';

/** What the tools of Debian 12 say, recorded. */
const said: Readonly<Record<string, string>> = {
  '/usr/bin/netperf': 'Netperf version 2.7.0\n',
  '/usr/bin/netserver': 'Netperf version 2.7.0\n',
  '/usr/bin/iperf3': 'iperf 3.12 (cJSON 1.7.15)\nLinux vm 6.1.0 #1 SMP x86_64\n',
  '/usr/bin/iperf': 'iperf version 2.1.8 (12 August 2022) pthreads\n',
  '/usr/bin/ping': 'ping from iputils 20221126\nlibcap: yes, IDN: yes, NLS: no, error.h: yes\n',
  '/usr/sbin/ip': 'ip utility, iproute2-6.1.0, libbpf 1.1.2\n',
  '/usr/sbin/ethtool': 'ethtool version 6.1\n',
  '/usr/bin/nsenter': 'nsenter from util-linux 2.38.1\n',
  '/usr/bin/unshare': 'unshare from util-linux 2.38.1\n',
  '/bin/kill': 'kill from procps-ng 4.0.2\n',
  '/usr/sbin/dockerd': 'Docker version 20.10.24+dfsg1, build 5d6db84\n',
  '/usr/bin/docker': 'Docker version 20.10.24+dfsg1, build 297e128\n',
  '/usr/bin/tini': 'tini version 0.19.0\n',
  '/bin/busybox': 'BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.\nBusyBox is copyrighted\n',
  '/usr/sbin/iptables': 'iptables v1.8.9 (nf_tables)\n',
  '/usr/bin/qemu-system-x86_64': 'QEMU emulator version 7.2.22 (Debian 1:7.2+dfsg-7+deb12u18+b3)\nCopyright (c) 2003\n',
  '/usr/bin/lz4': '*** LZ4 command line interface 64-bits v1.9.4, by Yann Collet ***\n',
  '/usr/bin/xz': 'xz (XZ Utils) 5.4.1\nliblzma 5.4.1\n',
  '/usr/bin/zstd': '*** Zstandard CLI (64-bit) v1.5.4, by Yann Collet ***\n',
};

function answer(stdout: string): Outcome {
  return { exitCode: 0, signal: null, timedOut: false, stdout, stderr: '', seconds: 0 };
}

/** A machine on which exactly these programs exist and say this. */
function createMachine(programs: Readonly<Record<string, string>>): Pick<Machine, 'run'> {
  const find = (program: string) =>
    Object.keys(programs).find((path) => path === program || path.endsWith(`/${program}`)) ?? '';
  return {
    run: async ({ program, args }) =>
      program === 'sh' ? answer(`${args.slice(3).map(find).join('\n')}\n`) : answer(programs[program] ?? ''),
  };
}

async function read(programs: Readonly<Record<string, string>>) {
  return readTools(createMachine(programs) as Machine);
}

describe('readTools', () => {
  it('reads the version that every tool of Debian 12 tells', async () => {
    const readings = await read(said);
    expect(readings.map(({ name, version, problem }) => [name, version, problem])).toEqual([
      ['netperf', '2.7.0', null],
      ['netserver', '2.7.0', null],
      ['iperf3', '3.12', null],
      ['iperf2', '2.1.8', null],
      ['ping', '20221126', null],
      ['ip', '6.1.0', null],
      ['ethtool', '6.1', null],
      ['nsenter', '2.38.1', null],
      ['unshare', '2.38.1', null],
      ['kill', '4.0.2', null],
      ['dockerd', '20.10.24+dfsg1', null],
      ['docker', '20.10.24+dfsg1', null],
      ['tini', '0.19.0', null],
      ['busybox', '1.35.0', null],
      ['iptables', '1.8.9', null],
      ['qemu-system-x86_64', '7.2.22', null],
      ['lz4', '1.9.4', null],
      ['xz', '5.4.1', null],
      ['zstd', '1.5.4', null],
    ]);
  });

  it('reads what Debian 13 says where it says it differently', async () => {
    const readings = await read({
      ...said,
      '/usr/bin/netperf': 'Netperf version 2.7.1\n',
      '/usr/sbin/dockerd': 'Docker version 26.1.5+dfsg1, build 411e817\n',
      '/usr/sbin/ip': 'ip utility, iproute2-6.15.0, libbpf 1.5.0\n',
      '/usr/sbin/iptables': 'iptables v1.8.11 (nf_tables)\n',
    });
    const versions = Object.fromEntries(readings.map(({ name, version }) => [name, version]));
    expect(versions).toMatchObject({ netperf: '2.7.1', dockerd: '26.1.5+dfsg1', ip: '6.15.0', iptables: '1.8.11' });
  });

  it('says of a tool that is nowhere which package brings it', async () => {
    const { '/usr/bin/docker': _, ...rest } = said;
    // Another client that comes first on PATH is not the one that is meant.
    const readings = await read({ ...rest, '/usr/local/bin/docker': 'Docker version 29.0.0, build 1\n' });
    expect(readings.filter(({ problem }) => problem !== null)).toEqual([
      { name: 'docker', packages: ['docker-cli', 'docker.io'], path: null, version: null, problem: 'not installed' },
    ]);
  });

  it.each([
    ['/usr/bin/ping', 'BusyBox v1.35.0 multi-call binary.\n', /^ping told its version as "BusyBox v1\.35\.0/],
    ['/usr/sbin/ip', 'BusyBox v1.35.0 multi-call binary.\n', /^ip told its version as "BusyBox .*must match iproute2/],
    ['/usr/bin/tini', '', /^tini told its version as ""/],
  ])('says when %s is another program of that name', async (path, output, problem) => {
    const reading = (await read({ ...said, [path]: output })).find((entry) => entry.path === path);
    expect(reading).toMatchObject({ version: null, problem: expect.stringMatching(problem) });
  });

  it('has one entry for each name', () => {
    expect(new Set(tools.map(({ name }) => name)).size).toBe(tools.length);
  });
});
