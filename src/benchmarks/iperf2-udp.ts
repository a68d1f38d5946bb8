import { MeasurementError } from '../errors.ts';
import type { Benchmark, Measured, ToolOutput } from './benchmark.ts';
import { buildMetrics } from './build-metrics.ts';
import {
  buildIperf2Command,
  readNumber,
  readTransfers,
  requireBytes,
  requireQuietEnd,
  type Transfer,
} from './iperf2-output.ts';
import { computeLoss } from './loss.ts';
import { excerpt } from './tool-output.ts';

/** What iperf 2 itself takes: one frame a datagram at an MTU of 1500. */
const datagramBytes = 1470;

/**
 * A server goes on listening to its last client for a quarter of a second (2.1.8), then a fresh one takes its place.
 * What another client sends until then is lost: 19 to 27 % of a second's datagrams.
 */
const pauseSeconds = 1;

/** Share of the client's time for which the server must have heard it; less means that it came too late or left early. */
const leastHeard = 0.95;

/**
 * Datagrams to the guest at an offered rate, measured by iperf 2; throughput is what was received.
 *
 *     [ ID] Interval            Transfer     Bandwidth      Write/Err  PPS
 *     [  1] 0.0000-1.0010 sec  2505040 Bytes  20021260 bits/sec  1729/0     1729 pps
 *     [  1] Sent 1731 datagrams
 *     [  1] Server Report:
 *     [ ID] Interval       Transfer     Bandwidth        Jitter   Lost/Total Datagrams
 *     [  1] 0.0000-1.0012 sec  2505040 Bytes  20016400 bits/sec   0.001 ms 0/1730 (0%)
 *
 * Only the server's report tells of loss; without it there is no sample. Its jitter has a step of 1 microsecond.
 */
export const iperf2Udp: Benchmark = {
  test: 'iperf_udp',
  tool: 'iperf2',
  pauseSeconds,
  requestedSeconds: (target) => target.seconds,
  buildCommand: (target) =>
    buildIperf2Command(target, ['-u', '-b', String(target.iperfUdpBitsPerSecond), '-l', String(datagramBytes)]),
  parse(output) {
    requireQuietEnd(output);
    const { sent, received } = readEnds(output);
    requireBytes('receiver', received);
    requireWholeTest(sent, received);
    const [jitter, , datagrams] = received.rest;
    const [lost, total] = (datagrams ?? '').split('/');
    return {
      metrics: buildMetrics('iperf_udp', {
        throughput: received.bitsPerSecond,
        sent: sent.bitsPerSecond,
        loss: computeLoss(sent.bytes, received.bytes),
        jitter: readNumber(jitter, 'jitter') / 1000,
      }),
      diagnostics: describeEnds(sent, received, readNumber(lost, 'lost datagrams'), readNumber(total, 'datagrams')),
    };
  },
};

function readEnds({ stdout }: ToolOutput): { sent: Transfer; received: Transfer } {
  const [clientPart = '', serverPart] = stdout.split(/^\[[ \d]+\] Server Report:$/m, 2);
  const [sent] = readTransfers(clientPart);
  const [received] = readTransfers(serverPart ?? '');
  if (sent !== undefined && received !== undefined) return { sent, received };
  throw new MeasurementError(
    `iperf2 printed no report of ${sent ? 'the server' : 'the client'}: "${excerpt(stdout, 240)}"`,
  );
}

function requireWholeTest(sent: Transfer, received: Transfer): void {
  if (received.seconds >= leastHeard * sent.seconds) return;
  throw new MeasurementError(
    `iperf2's server heard ${received.seconds} s of the ${sent.seconds} s that the client sent; at least ${leastHeard * 100} % must be heard`,
  );
}

function describeEnds(sent: Transfer, received: Transfer, lost: number, total: number): Measured['diagnostics'] {
  return {
    elapsedSeconds: received.seconds,
    'client.bytesSent': sent.bytes,
    'server.bytesReceived': received.bytes,
    'server.packetsExpected': total,
    'server.packetsLost': lost,
  };
}
