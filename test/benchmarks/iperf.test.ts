import { describe, expect, it } from 'vitest';
import { readOutput } from './fixture.ts';
import { edit, measure, refusal, refusalOf } from './judge.ts';

describe('iperf_tcp', () => {
  it('gives what was received, and retransmits', () => {
    expect(measure('iperf_tcp', 'iperf_tcp')).toEqual({
      metrics: {
        throughput: { value: 19_511_931_095.3039, unit: 'bit/s' },
        retransmits: { value: 5210, unit: 'count' },
      },
      diagnostics: {
        'client.cpu.processPercent': 90.29285617210422,
        'client.cpu.processUserPercent': 0.09333503881298616,
        'client.cpu.processSystemPercent': 90.19952113329123,
        'server.cpu.processPercent': 38.8577645036691,
        'server.cpu.processUserPercent': 1.0285878839206528,
        'server.cpu.processSystemPercent': 37.829176619748445,
        'client.socket.sendBytes': 16_384,
        'client.socket.receiveBytes': 131_072,
        elapsedSeconds: 1.000106,
        'client.bytesSent': 2_439_249_920,
        'server.bytesReceived': 2_439_249_920,
        'client.congestionControl': 'bbr',
        'server.congestionControl': 'reno',
        maximumSegmentBytes: 1448,
        'roundTrip.minimumMicroseconds': 38,
        'roundTrip.meanMicroseconds': 38,
        'roundTrip.maximumMicroseconds': 38,
      },
    });
  });

  it.each([
    ['iperf_tcp-no-server', 'iperf3 reported an error: unable to connect to server: Connection refused'],
    ['iperf_tcp-blocked', 'iperf3 reported an error: unable to connect to server: Connection timed out'],
    ['iperf_tcp-busy', 'iperf3 reported an error: the server is busy running a test. try again later'],
    ['iperf_tcp-server-died', 'iperf3 reported an error: the server has terminated'],
    ['iperf_tcp-zero', "iperf3's receiver got 0 bytes at 0 bit/s, which must be more than zero"],
  ])('refuses %s, although the exit code is 0', (fixture, message) => {
    expect(readOutput(fixture).exitCode).toBe(0);
    expect(refusalOf('iperf_tcp', fixture)).toBe(message);
  });

  it('says the same where later versions end with exit code 1', () => {
    expect(refusal('iperf_tcp', { ...readOutput('iperf_tcp-no-server'), exitCode: 1 })).toBe(
      'iperf3 reported an error: unable to connect to server: Connection refused',
    );
  });

  it('refuses a report that was cut off', () => {
    const output = readOutput('iperf_tcp');
    const half = output.stdout.slice(0, output.stdout.length / 2);
    expect(refusal('iperf_tcp', { ...output, stdout: half })).toMatch(
      /^iperf3 printed "\{ "start": \{ .*\.\.\." where a whole JSON document was expected$/,
    );
    expect(refusal('iperf_tcp', { ...output, stdout: '' })).toBe(
      'iperf3 printed nothing where a whole JSON document was expected',
    );
  });

  it('says what iperf3 said when there is no report', () => {
    const output = { exitCode: 1, timedOut: false, stdout: '', stderr: 'iperf3: error - unable to connect\n' };
    expect(refusal('iperf_tcp', output)).toBe(
      'iperf3 ended with exit code 1 instead of 0: iperf3: error - unable to connect',
    );
  });

  it('refuses a whole report that came after the deadline or with another exit code', () => {
    expect(refusal('iperf_tcp', { ...readOutput('iperf_tcp'), timedOut: true })).toContain('before its deadline');
    expect(refusal('iperf_tcp', { ...readOutput('iperf_tcp'), exitCode: 1 })).toContain('ended with exit code 1');
  });

  it('names what is missing in a report', () => {
    expect(refusal('iperf_tcp', edit('iperf_tcp', '"sum_received"', '"sum_recieved"'))).toMatch(
      /^iperf3's report has no usable end\.sum_received: /,
    );
  });

  it('refuses the report of a UDP test', () => {
    expect(refusalOf('iperf_tcp', 'iperf_udp')).toMatch(/^iperf3's report has no usable start\.tcp_mss_default: /);
  });
});

describe('iperf_udp', () => {
  it('gives what was received, what was sent, loss and jitter', () => {
    expect(measure('iperf_udp', 'iperf_udp')).toMatchObject({
      metrics: {
        throughput: { value: 19_584_548.75205458, unit: 'bit/s' },
        sent: { value: 19_979_742.694221668, unit: 'bit/s' },
        loss: { value: (2_497_800 - 2_448_568) / 2_497_800, unit: '1' },
        jitter: { value: 0.01282001443810359 / 1000, unit: 's' },
      },
      diagnostics: {
        elapsedSeconds: 1.000204,
        'client.bytesSent': 2_497_800,
        'client.packetsSent': 1725,
        'server.bytesReceived': 2_448_568,
        'server.packetsExpected': 1725,
        'server.packetsLost': 34,
        'server.packetsOutOfOrder': 0,
        'client.socket.sendBytes': 212_992,
        'server.cpu.processPercent': 0.522590778527288,
      },
    });
  });

  it('gives the same loss as the receiver when only gaps were lost', () => {
    const { metrics, diagnostics } = measure('iperf_udp', 'iperf_udp');
    const lost = Number(diagnostics['server.packetsLost']) / Number(diagnostics['server.packetsExpected']);
    expect(metrics.loss).toEqual({ value: expect.closeTo(lost, 12), unit: '1' });
  });

  it('finds the loss of which the receiver knows nothing, because no later datagram showed the gap', () => {
    const { metrics, diagnostics } = measure('iperf_udp', 'iperf_udp-died-halfway');
    expect(diagnostics['server.packetsLost']).toBe(0);
    expect(metrics.loss).toEqual({ value: (4_998_496 - 2_510_832) / 4_998_496, unit: '1' });
    expect(metrics.throughput).toEqual({ value: 10_041_460.28838636, unit: 'bit/s' });
  });

  it.each([
    ['iperf_udp-zero', "iperf3's receiver got 0 bytes at 0 bit/s, which must be more than zero"],
    [
      'iperf_udp-blocked',
      'iperf3 reported an error: unable to read from stream socket: Resource temporarily unavailable',
    ],
  ])('refuses %s, although the exit code is 0', (fixture, message) => {
    expect(readOutput(fixture).exitCode).toBe(0);
    expect(refusalOf('iperf_udp', fixture)).toBe(message);
  });

  it('refuses more bytes received than sent', () => {
    const output = edit('iperf_udp', /"bytes":\t2448568/g, '"bytes":\t2497801');
    expect(refusal('iperf_udp', output)).toBe(
      'the receiver got 2497801 bytes of 2497800 sent; some must be sent and no more received',
    );
  });
});
