import { describe, expect, it } from 'vitest';
import type { Benchmark, ToolOutput } from '../../src/benchmarks/benchmark.ts';
import { benchmarks, selectBenchmarks } from '../../src/benchmarks/benchmarks.ts';
import { iperf2Tcp } from '../../src/benchmarks/iperf2-tcp.ts';
import { iperf2Udp } from '../../src/benchmarks/iperf2-udp.ts';
import { MeasurementError } from '../../src/errors.ts';
import { readOutput } from './fixture.ts';

const target = {
  address: '198.18.0.16',
  seconds: 10,
  ping: { count: 10, intervalSeconds: 0.1 },
  iperfUdpBitsPerSecond: 100_000_000,
};

function refusal(benchmark: Benchmark, output: ToolOutput): string {
  try {
    benchmark.parse(output);
  } catch (thrown) {
    if (thrown instanceof MeasurementError) return thrown.message;
    throw thrown;
  }
  throw new Error('the output was taken for a measurement');
}

const edit = (name: string, from: string | RegExp, to: string): ToolOutput => {
  const output = readOutput(name);
  const stdout = output.stdout.replace(from, to);
  expect(stdout).not.toBe(output.stdout);
  return { ...output, stdout };
};

describe('the choice of iperf', () => {
  it('is iperf3 unless the plan asks for iperf2, and touches no other test', () => {
    expect(selectBenchmarks({})).toBe(benchmarks);
    expect(selectBenchmarks({ iperf: 'iperf3' })).toBe(benchmarks);
    const { iperf_tcp, iperf_udp, ...others } = selectBenchmarks({ iperf: 'iperf2' });
    expect([iperf_tcp, iperf_udp]).toEqual([iperf2Tcp, iperf2Udp]);
    const { iperf_tcp: tcp, iperf_udp: udp, ...same } = benchmarks;
    expect([tcp.tool, udp.tool]).toEqual(['iperf3', 'iperf3']);
    expect(others).toEqual(same);
  });
});

describe('iperf_tcp with iperf 2', () => {
  it('builds this command', () => {
    expect(iperf2Tcp.buildCommand(target)).toEqual({
      program: 'iperf',
      args: ['-c', '198.18.0.16', '-t', '10', '-f', 'b', '-e'],
    });
  });

  it('gives what arrived, and retransmits', () => {
    expect(iperf2Tcp.parse(readOutput('iperf2_tcp'))).toEqual({
      metrics: {
        throughput: { value: 13_887_520_280, unit: 'bit/s' },
        retransmits: { value: 236, unit: 'count' },
      },
      diagnostics: { elapsedSeconds: 1.0063, 'client.bytesSent': 1_746_796_604, 'client.sendCalls': 13_327 },
    });
  });

  it('reads the line of version 2.2.1, which has one more column', () => {
    const line =
      '[  1] 0.0000-1.0063 sec  1746796604 Bytes  13887520280 bits/sec  13327/0       236       88K(62)/588K/84(36) us  20665953';
    const output = edit('iperf2_tcp', /^\[ {2}1\] 0\.0000-.*$/m, line);
    expect(iperf2Tcp.parse(output)).toEqual(iperf2Tcp.parse(readOutput('iperf2_tcp')));
  });

  it.each([
    ['iperf2_tcp-no-server', 'iperf2 reported an error: tcp connect failed: Connection refused'],
    ['iperf2_tcp-server-died', 'iperf2 reported an error: tcp write failed: Connection reset by peer'],
  ])('refuses %s, although the exit code is 0', (fixture, message) => {
    expect(readOutput(fixture).exitCode).toBe(0);
    expect(refusal(iperf2Tcp, readOutput(fixture))).toBe(message);
  });

  it('refuses a connection that was never made', () => {
    expect(refusal(iperf2Tcp, readOutput('iperf2_tcp-blocked'))).toMatch(/^iperf2 did not end before its deadline: /);
  });

  it.each([
    ['13887520280 bits', 'nan bits', 'iperf2 gave bits/sec as "nan", which must be a number of zero or more'],
    ['1746796604 Bytes', '-nan Bytes', 'iperf2 gave bytes as "-nan", which must be a number of zero or more'],
    ['1746796604 Bytes', '0 Bytes', "iperf2's client got 0 bytes at 13887520280 bit/s, which must be more than zero"],
    ['13327/0 ', '13327/2 ', "iperf2's client had 2 write errors"],
    [/13327\/0 .*/, '', 'iperf2 gave write errors as "", which must be a number of zero or more'],
  ])('refuses %s turned into "%s"', (from, to, message) => {
    expect(refusal(iperf2Tcp, edit('iperf2_tcp', from, to))).toBe(message);
  });

  it('refuses an output without a report, and one with two', () => {
    expect(refusal(iperf2Tcp, { ...readOutput('iperf2_tcp'), stdout: '' })).toBe(
      'iperf2 printed 0 reports where 1 was expected: ""',
    );
    expect(refusal(iperf2Tcp, readOutput('iperf2_udp'))).toMatch(/^iperf2 printed 2 reports where 1 was expected/);
  });
});

describe('iperf_udp with iperf 2', () => {
  it('builds this command, and leaves the server time to be replaced', () => {
    expect(iperf2Udp.buildCommand(target)).toEqual({
      program: 'iperf',
      args: ['-c', '198.18.0.16', '-t', '10', '-f', 'b', '-e', '-u', '-b', '100000000', '-l', '1470'],
    });
    expect(iperf2Udp.pauseSeconds).toBe(1);
  });

  it('gives what the server received, and what it lost', () => {
    expect(iperf2Udp.parse(readOutput('iperf2_udp'))).toEqual({
      metrics: {
        throughput: { value: 19_622_580, unit: 'bit/s' },
        sent: { value: 20_021_741, unit: 'bit/s' },
        loss: { value: 34 / 1704, unit: '1' },
        jitter: { value: 1e-6, unit: 's' },
      },
      diagnostics: {
        elapsedSeconds: 1.0008,
        'client.bytesSent': 2_504_880,
        'server.bytesReceived': 2_454_900,
        'server.packetsExpected': 1704,
        'server.packetsLost': 34,
      },
    });
  });

  const unanswered = 'iperf2 reported an error: read failed: Connection refused';
  it.each([
    ['iperf2_udp-second-client', unanswered],
    ['iperf2_udp-no-server', unanswered],
    [
      'iperf2_udp-blocked',
      'iperf2 reported an error: [ 3] WARNING: did not receive ack of last datagram after 10 tries.',
    ],
    [
      'iperf2_udp-too-early',
      "iperf2's server heard 0.769 s of the 1.0009 s that the client sent; at least 95 % must be heard",
    ],
  ])('refuses %s, although the exit code is 0', (fixture, message) => {
    expect(readOutput(fixture).exitCode).toBe(0);
    expect(refusal(iperf2Udp, readOutput(fixture))).toBe(message);
  });

  it('refuses the CSV form, of which a loss of -0.000 % would be read', () => {
    expect(readOutput('iperf2_udp-csv').stdout).toContain(',-1,-0.000,');
    expect(refusal(iperf2Udp, readOutput('iperf2_udp-csv'))).toMatch(/^iperf2 printed no report of the client: /);
  });

  it.each([
    ['19622580 bits', '-nan bits', 'iperf2 gave bits/sec as "-nan", which must be a number of zero or more'],
    ['0.001 ms', 'nan ms', 'iperf2 gave jitter as "nan", which must be a number of zero or more'],
    ['34/1704', '0/-1', 'iperf2 gave datagrams as "-1", which must be a number of zero or more'],
    ['2454900 Bytes  19622580', '0 Bytes  0', "iperf2's receiver got 0 bytes at 0 bit/s, which must be more than zero"],
    [/\[ {2}1\] Server Report:[\s\S]*/, '', /^iperf2 printed no report of the server: /],
  ])('refuses %s turned into "%s"', (from, to, message) => {
    expect(refusal(iperf2Udp, edit('iperf2_udp', from, to))).toMatch(message);
  });
});
