import { describe, expect, it } from 'vitest';
import { readOutput } from './fixture.ts';
import { edit, measure, refusal, refusalOf } from './judge.ts';

describe('tcp_rr', () => {
  it('gives latency as the time of one transaction, and the percentiles in seconds', () => {
    expect(measure('tcp_rr', 'tcp_rr').metrics).toEqual({
      latency: { value: 1 / 17_915.358, unit: 's' },
      transactions: { value: 17_915.358, unit: '1/s' },
      latency_p50: { value: expect.closeTo(67e-6, 12), unit: 's' },
      latency_p90: { value: expect.closeTo(77e-6, 12), unit: 's' },
      latency_p99: { value: expect.closeTo(95e-6, 12), unit: 's' },
      latency_max: { value: expect.closeTo(2333e-6, 12), unit: 's' },
    });
  });

  it('agrees with the round trip that netperf computes itself', () => {
    const { metrics, diagnostics } = measure('tcp_rr', 'tcp_rr');
    expect(diagnostics['latency.roundTripMicroseconds']).toBe(55.818);
    expect(metrics.latency).toMatchObject({ value: expect.closeTo(55.818e-6, 9) });
  });

  it('notes both ends of the connection', () => {
    expect(measure('tcp_rr', 'tcp_rr').diagnostics).toMatchObject({
      'client.cpu.percent': 26.06,
      'client.congestionControl': 'bbr',
      'server.congestionControl': 'reno',
      'client.socket.sendBytesAtEnd': 1_631_232,
      'server.socket.receiveBytes': 65_536,
      'client.retransmits': 0,
      maximumSegmentBytes: 1448,
      serviceDemandUnit: 'usec/Tran',
      'latency.meanMicroseconds': 55.76,
      'latency.minimumMicroseconds': 4,
      'latency.deviationMicroseconds': 32.31,
      'client.receiveCalls': 17_921,
      requestBytes: 1,
      responseBytes: 1,
    });
  });

  it('refuses bits of payload in place of transactions', () => {
    expect(refusalOf('tcp_rr', 'tcp_rr-units')).toBe(
      'netperf reported THROUGHPUT_UNITS=10^6bits/s, which must be Trans/s',
    );
  });

  it('refuses a test in which nothing came back, although the exit code is 0', () => {
    expect(readOutput('tcp_rr-blocked').exitCode).toBe(0);
    expect(refusalOf('tcp_rr', 'tcp_rr-blocked')).toContain('netperf reported THROUGHPUT=0.00, which must be');
  });

  it('says that there is no server', () => {
    expect(refusalOf('tcp_rr', 'tcp_rr-no-server')).toMatch(
      /^netperf ended with exit code 255 instead of 0: establish control: are you sure there is a netserver listening on 198\.18\.77\.2 at port 12999\?/,
    );
  });

  it('refuses more than one transaction at a time', () => {
    expect(refusal('tcp_rr', edit('tcp_rr', 'BURST_SIZE=0', 'BURST_SIZE=4'))).toBe(
      'netperf reported BURST_SIZE=4, which must be 0',
    );
  });

  it('refuses an endless round trip', () => {
    expect(refusal('tcp_rr', edit('tcp_rr', 'RT_LATENCY=55.818', 'RT_LATENCY=inf'))).toBe(
      'netperf reported RT_LATENCY=inf, which must be a number of zero or more',
    );
  });
});

describe('udp_rr', () => {
  it('gives latency and percentiles', () => {
    expect(measure('udp_rr', 'udp_rr').metrics).toMatchObject({
      latency: { value: 1 / 18_892.167, unit: 's' },
      transactions: { value: 18_892.167, unit: '1/s' },
      latency_p99: { value: expect.closeTo(106e-6, 12), unit: 's' },
    });
  });

  it('asks nothing about TCP', () => {
    expect(Object.keys(measure('udp_rr', 'udp_rr').diagnostics)).not.toContain('client.congestionControl');
  });

  it('finds the stall after a lost datagram, which netperf takes for a slow test', () => {
    expect(readOutput('udp_rr-stalled').exitCode).toBe(0);
    expect(refusalOf('udp_rr', 'udp_rr-stalled')).toBe(
      'netperf needed 2002.256 µs for each transaction but its transactions took 29.08 µs on average; ' +
        'within 10 % was expected, so a datagram was lost or the path stood still for a part of the test',
    );
  });

  it('lets the last transaction, which the end cuts off, pass', () => {
    const just = edit('udp_rr', 'RT_LATENCY=52.932', 'RT_LATENCY=58.157');
    expect(measure('udp_rr', 'udp_rr').diagnostics['client.receiveCalls']).toBe(18_895);
    expect(just.stdout).toContain('MEAN_LATENCY=52.87');
    expect(() => refusal('udp_rr', just)).toThrow('took the output for a measurement');
    expect(refusal('udp_rr', edit('udp_rr', 'RT_LATENCY=52.932', 'RT_LATENCY=58.158'))).toContain('within 10 %');
  });

  it('refuses a test of which no datagram arrived', () => {
    expect(refusalOf('udp_rr', 'udp_rr-blocked')).toContain('netperf reported THROUGHPUT=0.00, which must be');
  });
});
