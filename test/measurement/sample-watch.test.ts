import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { benchmarks } from '../../src/benchmarks/benchmarks.ts';
import { iperf2Tcp } from '../../src/benchmarks/iperf2-tcp.ts';
import { createLocalMachine } from '../../src/machines/local.ts';
import type { Machine } from '../../src/machines/machine.ts';
import { parseDevices, parsePressure, parseProcessorTimes, parseSoftnet } from '../../src/measurement/counters.ts';
import { judgeWire } from '../../src/measurement/judge-wire.ts';
import { type WatchedPlaces, watchSample } from '../../src/measurement/sample-watch.ts';
import { readOutput } from '../benchmarks/fixture.ts';

const snmp = (inErrors: number, receive: number, send: number) =>
  `Ip: Forwarding\nIp: 1\nUdp: InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors SndbufErrors\nUdp: 9 0 ${inErrors} 9 ${receive} ${send}\nUdpLite: InDatagrams\nUdpLite: 0\n`;
const device = (name: string, figures: string) => `Inter-|   Receive\n face |bytes\n  ${name}: ${figures}\n`;
const status = (voluntary: number, involuntary: number) =>
  `Name:\tx\nvoluntary_ctxt_switches:\t${voluntary}\nnonvoluntary_ctxt_switches:\t${involuntary}\n`;

const before: Record<string, string> = {
  '/proc/stat': 'cpu  100 0 100 700 0 0 0 100 50 0\ncpu0 1 1 1 1 1 1 1 1 0 0\nctxt 5000\n',
  '/proc/pressure/cpu': 'some avg10=0.00 avg60=0.00 avg300=0.00 total=1000000\nfull avg10=0.00 total=7\n',
  '/proc/net/softnet_stat': '000000ff 00000000 00000001 0\n000000ff 0000000a 00000002 0\n',
  '/proc/11/net/snmp': snmp(1, 1, 0),
  '/proc/11/net/dev': device('tgw0', '1000 1 0 0 0 0 0 0 2000 2 0 0 0 0 0 0'),
  '/proc/12/net/snmp': snmp(0, 0, 0),
  '/proc/12/net/dev': `${device('tgbr0', '0 0 0 5 0 0 0 0 0 0 0 0 0 0 0 0')}${device('veth1', '0 0 0 1 0 0 0 0 0 0 0 2 0 0 0 0')}`,
  '/proc/13/net/snmp': snmp(4, 4, 0),
  '/proc/13/net/dev': device('eth0', '0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0'),
  '/proc/20/task/20/status': status(10, 1),
  '/proc/20/task/21/status': status(20, 2),
  '/proc/loadavg': '0.25 0.5 0.75 1/100 4242\n',
};

const after: Record<string, string> = {
  ...before,
  '/proc/stat': 'cpu  150 0 150 770 0 0 0 130 90 0\nctxt 6234\n',
  '/proc/net/softnet_stat': '000000ff 00000001 00000001 0\n000000ff 0000001a 00000005 0\n',
  '/proc/11/net/snmp': snmp(1, 1, 3),
  '/proc/11/net/dev': device('tgw0', '1500 1 0 0 0 0 0 0 9000 2 0 0 0 0 0 0'),
  '/proc/12/net/dev': `${device('tgbr0', '0 0 0 6 0 0 0 0 0 0 0 0 0 0 0 0')}${device('veth1', '0 0 0 1 0 0 0 0 0 0 0 9 0 0 0 0')}`,
  '/proc/13/net/snmp': snmp(9, 8, 0),
  '/proc/20/task/20/status': status(110, 4),
  '/proc/20/task/21/status': status(220, 9),
};

const places: WatchedPlaces = {
  namespaces: { client: 11, host: 12, guest: 13 },
  clientDevice: 'tgw0',
  guestThreads: ['/proc/20/task/20', '/proc/20/task/21'],
};

describe('watchSample', () => {
  let files: Record<string, string>;
  let machine: Pick<Machine, 'readFile'>;
  let opened: string[];

  beforeEach(() => {
    files = before;
    opened = [];
    machine = {
      readFile: async (path) => {
        opened.push(path);
        return files[path] ?? null;
      },
    };
  });

  const watch = async (watched: WatchedPlaces) => {
    const finish = await watchSample({ machine: machine as Machine, client: machine as Machine }, watched);
    files = after;
    return finish();
  };

  it('tells what changed in between, by place', async () => {
    const { diagnostics, wire } = await watch(places);
    expect(diagnostics).toMatchObject({
      'load.1m': 0.25,
      'load.5m': 0.5,
      'steal.percent': 15,
      'contextSwitches.machine': 1234,
      'softnet.drops': 17,
      'softnet.squeezes': 3,
      'client.udp.inErrors': 0,
      'client.udp.sendBufferErrors': 3,
      'host.links.receiveDrops': 1,
      'host.links.sendDrops': 7,
      'guest.udp.inErrors': 5,
      'guest.udp.receiveBufferErrors': 4,
      'guest.contextSwitches.voluntary': 300,
      'guest.contextSwitches.involuntary': 10,
      'pressure.cpuSome.percent': 0,
    });
    expect(wire).toEqual({ sentBytes: 7000, receivedBytes: 500 });
  });

  it('asks each machine once where the client is another, for its own files only', async () => {
    const asked: string[][] = [];
    const open = (own: Record<string, string>, name: string): Machine => ({
      ...(machine as Machine),
      readFiles: async (paths) => {
        asked.push([name, ...paths.filter((path) => path.startsWith('/proc/1'))]);
        return paths.map((path) => (files === before ? before : own)[path] ?? null);
      },
    });
    const client = open({ ...after, '/proc/stat': 'cpu  100 0 100 700 0 0 0 100 50 0\nctxt 5001\n' }, 'load');
    const finish = await watchSample({ machine: open(after, 'tuned'), client }, places);
    files = after;
    const { diagnostics, wire } = await finish();
    const host = ['tuned', '/proc/12/net/snmp', '/proc/12/net/dev', '/proc/13/net/snmp', '/proc/13/net/dev'];
    const other = ['load', '/proc/11/net/snmp', '/proc/11/net/dev'];
    expect(asked).toEqual([host, other, host, other]);
    expect(opened).toEqual([]);
    expect(wire).toEqual({ sentBytes: 7000, receivedBytes: 500 });
    expect(diagnostics).toMatchObject({
      'contextSwitches.machine': 1234,
      'client.contextSwitches.machine': 1,
      'client.softnet.drops': 17,
      'client.udp.sendBufferErrors': 3,
      'guest.udp.inErrors': 5,
    });
  });

  it('has pressure as a share of the time between', async () => {
    const finish = await watchSample({ machine: machine as Machine, client: machine as Machine }, places);
    const started = performance.now();
    await new Promise((resolve) => setTimeout(resolve, 50));
    files = { ...after, '/proc/pressure/cpu': 'some avg10=0.00 avg60=0.00 avg300=0.00 total=1005000\n' };
    const { diagnostics } = await finish();
    const elapsed = (performance.now() - started) / 1000;
    expect(diagnostics['pressure.cpuSome.percent']).toBeLessThan(10.5);
    expect(diagnostics['pressure.cpuSome.percent']).toBeGreaterThan(0.5 / (elapsed + 0.01));
  });

  it('leaves out places that cannot be looked at, and is null where the kernel has no such file', async () => {
    files = {};
    const finish = await watchSample(
      { machine: machine as Machine, client: machine as Machine },
      {
        namespaces: { client: null, host: null, guest: 13 },
        clientDevice: 'tgw0',
        guestThreads: [],
      },
    );
    const { diagnostics, wire } = await finish();
    expect(wire).toBeNull();
    expect(diagnostics).toEqual({
      'load.1m': null,
      'load.5m': null,
      'steal.percent': null,
      'contextSwitches.machine': null,
      'pressure.cpuSome.percent': null,
      'harness.cpuSeconds': expect.any(Number),
      'softnet.drops': 0,
      'softnet.squeezes': 0,
    });
  });

  it('reads each file twice and starts nothing', async () => {
    await watch(places);
    expect(opened.toSorted()).toEqual([...Object.keys(before), ...Object.keys(before)].sort());
  });
});

describe('watchSample on this machine', () => {
  const machine = createLocalMachine();
  let finish: () => Promise<unknown>;
  afterEach(() => finish());

  it('takes less than 5 ms a reading', async () => {
    const own: WatchedPlaces = {
      namespaces: { client: process.pid, host: process.pid, guest: process.pid },
      clientDevice: 'lo',
      guestThreads: [`/proc/self/task/${process.pid}`],
    };
    const durations: number[] = [];
    for (let count = 0; count < 21; count += 1) {
      const started = performance.now();
      finish = await watchSample({ machine, client: machine }, own);
      durations.push(performance.now() - started);
    }
    expect(durations.sort((left, right) => left - right)[5]).toBeLessThan(5);
  });
});

describe('the kernel files', () => {
  it('are read as Linux writes them', () => {
    expect(parseProcessorTimes('cpu  446694 230 217324 2434845 8447 0 101661 440 7 8\nctxt 12\n')).toEqual({
      total: 446_694 + 230 + 217_324 + 2_434_845 + 8447 + 101_661 + 440,
      steal: 440,
      switches: 12,
    });
    expect(parseProcessorTimes('intr 5\n')).toBeNull();
    expect(parsePressure('some avg10=1.28 avg60=1.61 avg300=4.00 total=1268929933\nfull avg10=0 total=3\n')).toBe(
      1_268_929_933,
    );
    expect(parsePressure('')).toBeNull();
    expect(parseSoftnet('')).toEqual({ drops: 0, squeezes: 0 });
    expect(
      parseDevices(
        '    lo:    6386      58    0    1    0     0          0         0     6387      58    0    2    0     0       0          0\n',
      ),
    ).toEqual({
      lo: { receivedBytes: 6386, receiveDrops: 1, sentBytes: 6387, sendDrops: 2 },
    });
  });
});

describe('judgeWire', () => {
  const wire = (sentBytes: number) => ({ sentBytes, receivedBytes: 0 });

  it('accepts what may have gone over the wire, and what nobody can tell', () => {
    const stream = benchmarks.tcp_stream.parse(readOutput('tcp_stream'));
    const arrived = Number(stream.diagnostics['server.bytesReceived']);
    expect(arrived).toBeGreaterThan(1e6);
    expect(judgeWire(stream, wire(arrived), 'tgw0')).toBeNull();
    expect(judgeWire(stream, null, 'tgw0')).toBeNull();
    expect(judgeWire({ diagnostics: {} }, wire(0), 'tgw0')).toBeNull();
  });

  it('refuses what arrived by another way', () => {
    const stream = benchmarks.iperf_udp.parse(readOutput('iperf_udp'));
    const arrived = Number(stream.diagnostics['server.bytesReceived']);
    expect(judgeWire(stream, wire(arrived - 1), 'tgw0')).toBe(
      `tgw0 sent ${arrived - 1} bytes while the tool claims that ${arrived} arrived: they did not take the planned way`,
    );
    const replies = benchmarks.ping.parse(readOutput('ping'));
    expect(judgeWire(replies, wire(6 * 84), 'tgw0')).toBeNull();
    expect(judgeWire(replies, wire(6 * 84 - 1), 'tgw0')).not.toBeNull();
  });

  it('refuses what iperf 2 has in its buffer and could not send', () => {
    expect(judgeWire(iperf2Tcp.parse(readOutput('iperf2_tcp-zero')), wire(80_000), 'tgw0')).toBe(
      'tgw0 sent 80000 bytes while the tool claims that 1338012 arrived: they did not take the planned way',
    );
  });
});
