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

const roundTrip = z.number().min(0);

const reportSchema = z.object({
  start: startSchema.extend({ tcp_mss_default: z.number() }),
  end: z.object({
    streams: z.tuple([z.object({ sender: z.object({ min_rtt: roundTrip, mean_rtt: roundTrip, max_rtt: roundTrip }) })]),
    sum_sent: directionSchema.extend({ retransmits: z.int().min(0) }),
    sum_received: directionSchema,
    cpu_utilization_percent: cpuSchema,
    sender_tcp_congestion: z.string(),
    receiver_tcp_congestion: z.string(),
  }),
});

/**
 * Bulk transfer to the guest over one TCP connection; throughput is what was received.
 *
 *     "end": {
 *       "streams": [{ "sender": { "max_rtt": 70, "min_rtt": 46, "mean_rtt": 58, ... }, "receiver": { ... } }],
 *       "sum_sent": { "seconds": 2.000158, "bytes": 2621440, "bits_per_second": 10484931.69, "retransmits": 0, ... },
 *       "sum_received": { "seconds": 2.000209, "bytes": 2621440, "bits_per_second": 10484664.35, ... },
 *       "sender_tcp_congestion": "bbr", "receiver_tcp_congestion": "bbr"
 *     }
 */
export const iperfTcp: Benchmark = {
  test: 'iperf_tcp',
  tool: 'iperf3',
  requestedSeconds: (target) => target.seconds,
  buildCommand: (target) => buildIperfCommand(target, []),
  parse(output) {
    const { start, end } = parseIperfReport(output, reportSchema);
    requireTraffic(end.sum_received);
    const [{ sender }] = end.streams;
    return {
      metrics: buildMetrics('iperf_tcp', {
        throughput: end.sum_received.bits_per_second,
        retransmits: end.sum_sent.retransmits,
      }),
      diagnostics: {
        ...describeEnds(start, end.cpu_utilization_percent),
        elapsedSeconds: end.sum_received.seconds,
        'client.bytesSent': end.sum_sent.bytes,
        'server.bytesReceived': end.sum_received.bytes,
        'client.congestionControl': end.sender_tcp_congestion,
        'server.congestionControl': end.receiver_tcp_congestion,
        maximumSegmentBytes: start.tcp_mss_default,
        'roundTrip.minimumMicroseconds': sender.min_rtt,
        'roundTrip.meanMicroseconds': sender.mean_rtt,
        'roundTrip.maximumMicroseconds': sender.max_rtt,
      },
    };
  },
};
