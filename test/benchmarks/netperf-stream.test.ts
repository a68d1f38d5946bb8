import { describe, expect, it } from 'vitest';
import { readOutput } from './fixture.ts';
import { edit, measure, refusal, refusalOf } from './judge.ts';

describe('tcp_stream', () => {
  it('gives throughput and retransmits', () => {
    expect(measure('tcp_stream', 'tcp_stream').metrics).toEqual({
      throughput: { value: 12_005_334_060, unit: 'bit/s' },
      retransmits: { value: 403, unit: 'count' },
    });
  });

  it('notes both ends', () => {
    expect(measure('tcp_stream', 'tcp_stream').diagnostics).toEqual({
      elapsedSeconds: 1,
      'client.cpu.percent': 95.95,
      'server.cpu.percent': 95.95,
      'client.cpu.busiestCpuPercent': 97,
      'server.cpu.busiestCpuPercent': 97,
      'client.cpu.userPercent': 37.52,
      'server.cpu.userPercent': 37.52,
      'client.cpu.systemPercent': 32.76,
      'server.cpu.systemPercent': 32.76,
      'client.cpu.interruptPercent': 0,
      'server.cpu.interruptPercent': 0,
      'client.cpu.softInterruptPercent': 25.17,
      'server.cpu.softInterruptPercent': 25.17,
      'client.cpu.ioWaitPercent': 0.5,
      'server.cpu.ioWaitPercent': 0.5,
      'client.serviceDemand': 1.309,
      'server.serviceDemand': 1.309,
      serviceDemandUnit: 'usec/KB',
      'client.socket.sendBytes': 16384,
      'client.socket.sendBytesAtEnd': 4194304,
      'client.socket.receiveBytes': 131072,
      'client.socket.receiveBytesAtEnd': 131072,
      'server.socket.sendBytes': 32768,
      'server.socket.sendBytesAtEnd': 46080,
      'server.socket.receiveBytes': 65536,
      'server.socket.receiveBytesAtEnd': 5879300,
      'client.sendCalls': 91621,
      'client.bytesSent': 1501118464,
      'server.receiveCalls': 31821,
      'server.bytesReceived': 1501118464,
      'client.congestionControl': 'bbr',
      'server.congestionControl': 'reno',
      'client.retransmits': 403,
      'server.retransmits': 0,
      maximumSegmentBytes: 1448,
      'client.noDelay': 0,
    });
  });

  it('agrees with the bytes that were counted', () => {
    const { metrics, diagnostics } = measure('tcp_stream', 'tcp_stream');
    // ELAPSED_TIME has two decimals.
    const bitsPerSecond = (Number(diagnostics['server.bytesReceived']) * 8) / Number(diagnostics.elapsedSeconds);
    expect(metrics.throughput).toMatchObject({ value: expect.closeTo(bitsPerSecond, -8), unit: 'bit/s' });
  });

  it.each([
    [
      'tcp_stream-blocked',
      'netperf reported THROUGHPUT=0.00, which must be more than zero: nothing arrived, so the data port may be blocked or the peer gone',
    ],
    ['tcp_stream-selectors', 'netperf reported no LOCAL_TRANSPORT_RETRANS, which was asked for'],
    [
      'tcp_stream-server-died',
      'netperf ended with exit code 1 instead of 0: netperf: send_omni: send_data failed: Connection reset by peer',
    ],
    ['tcp_stream-deadline', 'netperf did not end before its deadline'],
  ])('refuses %s', (fixture, message) => {
    expect(refusalOf('tcp_stream', fixture)).toBe(message);
  });

  it.each(['tcp_stream-blocked', 'tcp_stream-selectors'])('is not fooled by exit code 0 of %s', (fixture) => {
    expect(readOutput(fixture).exitCode).toBe(0);
  });

  it('refuses what was cut off', () => {
    const output = readOutput('tcp_stream');
    const cut = (from: string) => ({ ...output, stdout: output.stdout.slice(0, output.stdout.indexOf(from)) });
    expect(refusal('tcp_stream', cut('ROUGHPUT='))).toBe('netperf printed "TH" where a line NAME=VALUE was expected');
    expect(refusal('tcp_stream', cut('REMOTE_CONG_CONTROL'))).toBe(
      'netperf reported no REMOTE_CONG_CONTROL, which was asked for',
    );
    expect(refusal('tcp_stream', { ...output, stdout: '' })).toBe(
      'netperf reported no THROUGHPUT, which was asked for',
    );
  });

  it.each([
    ['THROUGHPUT_UNITS=10^3bits/s', 'THROUGHPUT_UNITS=KBytes/s', 'which must be 10^3bits/s'],
    ['LOCAL_TRANSPORT_RETRANS=403', 'LOCAL_TRANSPORT_RETRANS=-1', 'which must be a whole number of zero or more'],
    ['THROUGHPUT=12005334.06', 'THROUGHPUT=-12005334.06', 'which must be more than zero'],
    ['THROUGHPUT=12005334.06', 'THROUGHPUT=-nan', 'which must be more than zero'],
  ])('refuses %s when it reads %s', (found, instead, reason) => {
    const message = refusal('tcp_stream', edit('tcp_stream', found, instead));
    expect(message).toContain(`netperf reported ${instead}, ${reason}`);
  });

  it('refuses the output of two tests', () => {
    const output = readOutput('tcp_stream');
    expect(refusal('tcp_stream', { ...output, stdout: output.stdout + output.stdout })).toBe(
      'netperf reported THROUGHPUT twice where one test was expected',
    );
  });

  it('refuses what was ended by a signal', () => {
    expect(refusal('tcp_stream', { ...readOutput('tcp_stream'), exitCode: null })).toBe(
      'netperf was ended by a signal or never started, with no exit code: TRANSPORT_MSS=1448 / LOCAL_NODELAY=0',
    );
  });

  it('refuses a good output that came after the deadline', () => {
    expect(refusal('tcp_stream', { ...readOutput('tcp_stream'), timedOut: true })).toContain('before its deadline');
  });
});

describe('udp_stream', () => {
  it('gives what was received as throughput, and what was sent beside it', () => {
    expect(measure('udp_stream', 'udp_stream').metrics).toEqual({
      throughput: { value: 6_722_789_820, unit: 'bit/s' },
      sent: { value: 6_932_554_300, unit: 'bit/s' },
      loss: { value: (866_672_384 - 840_448_704) / 866_672_384, unit: '1' },
    });
  });

  it('gives a loss that explains the difference', () => {
    const { throughput, sent, loss } = measure('udp_stream', 'udp_stream').metrics;
    if (!throughput || !sent || !loss || !('value' in throughput && 'value' in sent && 'value' in loss)) {
      throw new Error('a metric is missing');
    }
    expect(loss.value).toBeCloseTo(0.0303, 4);
    expect(throughput.value / sent.value).toBeCloseTo(1 - loss.value, 6);
  });

  it('counts whole datagrams of 1472 bytes', () => {
    const { diagnostics } = measure('udp_stream', 'udp_stream');
    expect(diagnostics['client.bytesSent']).toBe(588_772 * 1472);
    expect(diagnostics['server.bytesReceived']).toBe(570_957 * 1472);
    expect(diagnostics['client.sendCalls']).toBe(588_772);
    expect(diagnostics['server.receiveCalls']).toBe(570_957);
  });

  it('refuses a test of which nothing arrived', () => {
    expect(readOutput('udp_stream-blocked').exitCode).toBe(0);
    expect(refusalOf('udp_stream', 'udp_stream-blocked')).toContain('netperf reported THROUGHPUT=0.00, which must be');
  });

  it('needs -R 1 to leave the link', () => {
    expect(refusalOf('udp_stream', 'udp_stream-unrouted')).toBe(
      'netperf ended with exit code 1 instead of 0: netperf: send_omni: send_data failed: Network is unreachable',
    );
  });

  it('refuses more bytes received than sent', () => {
    const output = edit('udp_stream', 'REMOTE_BYTES_RECVD=840448704', 'REMOTE_BYTES_RECVD=866672385');
    expect(refusal('udp_stream', output)).toBe(
      'the receiver got 866672385 bytes of 866672384 sent; some must be sent and no more received',
    );
  });

  it.each(['LOCAL_SEND_THROUGHPUT', 'REMOTE_RECV_THROUGHPUT', 'LOCAL_BYTES_SENT', 'LOCAL_CPU_UTIL', 'RSR_SIZE_END'])(
    'refuses an output without %s',
    (selector) => {
      const output = edit('udp_stream', new RegExp(`^${selector}=.*\n`, 'm'), '');
      expect(refusal('udp_stream', output)).toBe(`netperf reported no ${selector}, which was asked for`);
    },
  );
});
