import { describe, expect, it } from 'vitest';
import type { BenchmarkTarget } from '../../src/benchmarks/benchmark.ts';
import { benchmarks } from '../../src/benchmarks/benchmarks.ts';
import { testNames } from '../../src/vocabulary.ts';

const target: BenchmarkTarget = {
  address: '198.18.0.16',
  seconds: 10,
  ping: { count: 100, intervalSeconds: 0.25 },
  iperfUdpBitsPerSecond: 400_000_000_000,
};

const cpu =
  'ELAPSED_TIME,LOCAL_CPU_UTIL,REMOTE_CPU_UTIL,LOCAL_CPU_PEAK_UTIL,REMOTE_CPU_PEAK_UTIL,LOCAL_CPU_PERCENT_USER,' +
  'REMOTE_CPU_PERCENT_USER,LOCAL_CPU_PERCENT_SYSTEM,REMOTE_CPU_PERCENT_SYSTEM,LOCAL_CPU_PERCENT_IRQ,' +
  'REMOTE_CPU_PERCENT_IRQ,LOCAL_CPU_PERCENT_SWINTR,REMOTE_CPU_PERCENT_SWINTR,LOCAL_CPU_PERCENT_IOWAIT,' +
  'REMOTE_CPU_PERCENT_IOWAIT,LOCAL_SD,REMOTE_SD,SD_UNITS';
const sockets = 'LSS_SIZE,LSS_SIZE_END,LSR_SIZE,LSR_SIZE_END,RSS_SIZE,RSS_SIZE_END,RSR_SIZE,RSR_SIZE_END';
const calls = 'LOCAL_SEND_CALLS,LOCAL_BYTES_SENT,REMOTE_RECV_CALLS,REMOTE_BYTES_RECVD';
const transactions =
  'THROUGHPUT,THROUGHPUT_UNITS,BURST_SIZE,TRANSACTION_RATE,RT_LATENCY,MEAN_LATENCY,P50_LATENCY,P90_LATENCY,' +
  'P99_LATENCY,MAX_LATENCY';
const exchange = 'MIN_LATENCY,STDDEV_LATENCY,LOCAL_RECV_CALLS,REQUEST_SIZE,RESPONSE_SIZE';

const commands = {
  tcp_stream: [
    ...['netperf', '-4', '-H', '198.18.0.16', '-t', 'TCP_STREAM', '-l', '10', '-P', '0', '-c', '-C', '-f', 'k', '--'],
    '-k',
    `THROUGHPUT,THROUGHPUT_UNITS,LOCAL_TRANSPORT_RETRANS,${cpu},${sockets},${calls},LOCAL_CONG_CONTROL,` +
      'REMOTE_CONG_CONTROL,REMOTE_TRANSPORT_RETRANS,TRANSPORT_MSS,LOCAL_NODELAY',
  ],
  tcp_rr: [
    ...['netperf', '-4', '-H', '198.18.0.16', '-t', 'TCP_RR', '-l', '10', '-P', '0', '-c', '-C', '--', '-k'],
    `${transactions},${cpu},${sockets},${calls},${exchange},LOCAL_CONG_CONTROL,REMOTE_CONG_CONTROL,` +
      'LOCAL_TRANSPORT_RETRANS,REMOTE_TRANSPORT_RETRANS,TRANSPORT_MSS,LOCAL_NODELAY',
  ],
  udp_stream: [
    ...['netperf', '-4', '-H', '198.18.0.16', '-t', 'UDP_STREAM', '-l', '10', '-P', '0', '-c', '-C', '-f', 'k', '--'],
    ...['-R', '1', '-m', '1472', '-k'],
    'THROUGHPUT,THROUGHPUT_UNITS,LOCAL_SEND_THROUGHPUT,REMOTE_RECV_THROUGHPUT,LOCAL_BYTES_SENT,REMOTE_BYTES_RECVD,' +
      `${cpu},${sockets},LOCAL_SEND_CALLS,REMOTE_RECV_CALLS`,
  ],
  udp_rr: [
    ...['netperf', '-4', '-H', '198.18.0.16', '-t', 'UDP_RR', '-l', '10', '-P', '0', '-c', '-C', '--', '-k'],
    `${transactions},${cpu},${sockets},${calls},${exchange}`,
  ],
  iperf_tcp: ['iperf3', '-4', '-c', '198.18.0.16', '-t', '10', '--connect-timeout', '5000', '-J'],
  iperf_udp: [
    ...['iperf3', '-4', '-c', '198.18.0.16', '-t', '10', '--connect-timeout', '5000', '-J'],
    ...['-u', '-b', '400000000000', '-l', '1448'],
  ],
  ping: ['ping', '-4', '-n', '-c', '100', '-i', '0.25', '-W', '1', '198.18.0.16'],
};

describe('where not every port of the guest is reached', () => {
  it('netperf takes its data there by the one that is, and the others ask as ever', () => {
    for (const test of testNames) {
      const { args } = benchmarks[test].buildCommand({ ...target, dataPort: 12866 });
      const plain = benchmarks[test].buildCommand(target).args;
      const cut = args.indexOf('-k');
      expect(args).toEqual(
        benchmarks[test].tool === 'netperf'
          ? [...plain.slice(0, cut - 2), '-P', ',12866', ...plain.slice(cut - 2)]
          : plain,
      );
    }
  });
});

describe.each(testNames)('%s', (test) => {
  const benchmark = benchmarks[test];

  it('stands in the table under its own name', () => {
    expect(benchmark.test).toBe(test);
  });

  it('builds this command', () => {
    const { program, args } = benchmark.buildCommand(target);
    expect([program, ...args]).toEqual(commands[test]);
    expect(program).toBe(benchmark.tool);
  });

  it('gives netperf no options that falsify a test', () => {
    const { args } = benchmark.buildCommand(target);
    if (test.endsWith('_rr')) expect(args).not.toContain('-f');
    expect(args).not.toContain('omni');
  });
});

describe('the requested duration', () => {
  it.each([1, 10])('of %s s is what netperf and iperf3 are given', (seconds) => {
    for (const test of ['tcp_stream', 'udp_rr', 'iperf_tcp', 'iperf_udp'] as const) {
      const { args } = benchmarks[test].buildCommand({ ...target, seconds });
      expect(args[args.indexOf(test.startsWith('iperf') ? '-t' : '-l') + 1]).toBe(String(seconds));
      expect(benchmarks[test].requestedSeconds({ ...target, seconds })).toBe(seconds);
    }
  });

  it('of ping is the time from the first to the last request', () => {
    expect(benchmarks.ping.requestedSeconds(target)).toBe(99 * 0.25);
  });
});
