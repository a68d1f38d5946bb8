import * as z from 'zod';
import type { Benchmark } from './benchmark.ts';
import { buildMetrics } from './build-metrics.ts';
import {
  buildIperfCommand,
  cpuSchema,
  describeEnds,
  directionSchema,
  parseIperfReport,
  requireTraffic,
  startSchema,
} from './iperf-report.ts';
import { computeLoss } from './loss.ts';

/**
 * What iperf3 itself takes at an MTU of 1500: the TCP segment size of its control connection. It is given so that both
 * sides send the same; one frame a datagram. More than this iperf3 warns about on every run, wrongly up to 1472.
 */
const datagramBytes = 1448;

const packets = z.int().min(0);

const reportSchema = z.object({
  start: startSchema,
  end: z.object({
    streams: z.tuple([z.object({ udp: z.object({ out_of_order: packets }) })]),
    sum_sent: directionSchema.extend({ packets }),
    sum_received: directionSchema.extend({ jitter_ms: z.number().min(0), lost_packets: z.int(), packets }),
    cpu_utilization_percent: cpuSchema,
  }),
});

/**
 * Datagrams to the guest at an offered rate; throughput is what was received.
 *
 *     "end": {
 *       "sum": { ... },
 *       "sum_sent": { "bytes": 6245696, "bits_per_second": 49960571.94, "packets": 4243, ... },
 *       "sum_received": { "bytes": 5933632, "bits_per_second": 47461367.26, "jitter_ms": 0.0036127706483256817,
 *                         "lost_packets": 212, "packets": 4243, "lost_percent": 4.996464765496111, ... }
 *     }
 *
 * `end.sum` is not read: it shows the sender's bytes beside the receiver's loss. Loss is taken from the bytes of the two
 * ends, since the receiver counts gaps only: of what is cut off at the end it knows nothing, and after a path that died
 * halfway it reports no loss.
 */
export const iperfUdp: Benchmark = {
  test: 'iperf_udp',
  tool: 'iperf3',
  requestedSeconds: (target) => target.seconds,
  buildCommand: (target) =>
    buildIperfCommand(target, ['-u', '-b', String(target.iperfUdpBitsPerSecond), '-l', String(datagramBytes)]),
  parse(output) {
    const { start, end } = parseIperfReport(output, reportSchema);
    const { sum_sent: sent, sum_received: received } = end;
    requireTraffic(received);
    return {
      metrics: buildMetrics('iperf_udp', {
        throughput: received.bits_per_second,
        sent: sent.bits_per_second,
        loss: computeLoss(sent.bytes, received.bytes),
        jitter: received.jitter_ms / 1000,
      }),
      diagnostics: {
        ...describeEnds(start, end.cpu_utilization_percent),
        elapsedSeconds: received.seconds,
        'client.bytesSent': sent.bytes,
        'client.packetsSent': sent.packets,
        'server.bytesReceived': received.bytes,
        'server.packetsExpected': received.packets,
        'server.packetsLost': received.lost_packets,
        'server.packetsOutOfOrder': end.streams[0].udp.out_of_order,
      },
    };
  },
};
