import * as z from 'zod';
import { MeasurementError } from '../errors.ts';
import { createNetperfBenchmark } from './netperf-benchmark.ts';
import { commonDiagnostics, tcpDiagnostics } from './netperf-diagnostics.ts';
import { amount, throughput, word } from './netperf-output.ts';

/** `-f` must never be given: it turns THROUGHPUT into bits of payload, and the units are what shows it. */
const figures = z.object({
  THROUGHPUT: throughput,
  THROUGHPUT_UNITS: word('Trans/s'),
  /** With a burst more than one transaction is under way and 1 / rate is no latency. */
  BURST_SIZE: word('0'),
  TRANSACTION_RATE: throughput,
  RT_LATENCY: amount,
  MEAN_LATENCY: amount,
  P50_LATENCY: amount,
  P90_LATENCY: amount,
  P99_LATENCY: amount,
  MAX_LATENCY: amount,
});

const diagnostics = {
  ...commonDiagnostics,
  RT_LATENCY: 'latency.roundTripMicroseconds',
  MEAN_LATENCY: 'latency.meanMicroseconds',
  MIN_LATENCY: 'latency.minimumMicroseconds',
  STDDEV_LATENCY: 'latency.deviationMicroseconds',
  LOCAL_RECV_CALLS: 'client.receiveCalls',
  REQUEST_SIZE: 'requestBytes',
  RESPONSE_SIZE: 'responseBytes',
};

/** How much longer than its transactions a test may last, as a ratio; without a loss 1.001 to 1.005 is seen. */
const stallRatio = 1.1;

/** Divided by, not multiplied with 1e-6: 80 µs is then 0.00008 and not 0.00007999999999999999. */
const microsecondsPerSecond = 1e6;

/**
 * One byte there, one byte back, one transaction at a time; latency is 1 / transaction rate.
 *
 *     THROUGHPUT=23327.44
 *     THROUGHPUT_UNITS=Trans/s
 *     TRANSACTION_RATE=23327.442
 *     RT_LATENCY=42.868
 *     MEAN_LATENCY=42.82
 *     P99_LATENCY=85
 *
 * Percentiles come from a histogram in whole microseconds with bins of 1, 10 and 100 µs: good for tails, too coarse for
 * the middle of a fast path. UDP_RR waits for a lost answer until its time is over, then ends with exit code 0 and a rate
 * that is too low; no receive timeout (`-e`) is set, because an answer that comes after it would be taken for the answer
 * to the next request.
 */
function computeMetrics(found: z.infer<typeof figures>): Record<string, number> {
  if (found.RT_LATENCY > stallRatio * found.MEAN_LATENCY) {
    throw new MeasurementError(
      `netperf needed ${found.RT_LATENCY} µs for each transaction but its transactions took ${found.MEAN_LATENCY} µs on ` +
        'average; within 10 % was expected, so a datagram was lost or the path stood still for a part of the test',
    );
  }
  return {
    latency: 1 / found.TRANSACTION_RATE,
    transactions: found.TRANSACTION_RATE,
    latency_p50: found.P50_LATENCY / microsecondsPerSecond,
    latency_p90: found.P90_LATENCY / microsecondsPerSecond,
    latency_p99: found.P99_LATENCY / microsecondsPerSecond,
    latency_max: found.MAX_LATENCY / microsecondsPerSecond,
  };
}

const transactions = { globalOptions: [], testOptions: [], figures, computeMetrics };

export const tcpRr = createNetperfBenchmark({
  ...transactions,
  test: 'tcp_rr',
  name: 'TCP_RR',
  diagnostics: { ...diagnostics, ...tcpDiagnostics },
});

export const udpRr = createNetperfBenchmark({
  ...transactions,
  test: 'udp_rr',
  name: 'UDP_RR',
  diagnostics,
});
