import { MeasurementError } from '../errors.ts';
import type { Benchmark } from './benchmark.ts';
import { buildMetrics } from './build-metrics.ts';
import { type PingReport, parsePingOutput } from './ping-output.ts';

/** Seconds to wait for the last replies when none has come at all (`-W`); it does not bound a slow reply. */
const patienceSeconds = 1;

/**
 * Echo requests at a fixed interval; latency is the median of the replies, and every reply is kept.
 *
 * The interval is part of the question: at 1 s the wake-up of idle CPUs is measured as well (about 50 µs against 6 µs at
 * 1 ms on one and the same path). Lost replies make a sample with loss; no reply at all makes none.
 */
export const ping: Benchmark = {
  test: 'ping',
  tool: 'ping',
  requestedSeconds: ({ ping: { count, intervalSeconds } }) => (count - 1) * intervalSeconds,
  buildCommand: ({ address, ping: { count, intervalSeconds } }) => ({
    program: 'ping',
    args: ['-4', '-n', '-c', String(count), '-i', String(intervalSeconds), '-W', String(patienceSeconds), address],
  }),
  parse(output) {
    const report = parsePingOutput(output);
    const { replies, transmitted } = report;
    if (replies.length === 0) throw new MeasurementError(describeSilence(report));
    return {
      metrics: {
        ...buildMetrics('ping', {
          latency: requireTime(computeMedian(replies)),
          loss: (transmitted - replies.length) / transmitted,
        }),
        replies: { values: [...replies], unit: 's' },
      },
      diagnostics: {
        'requests.sent': transmitted,
        'replies.received': replies.length,
        'replies.errors': report.errors,
        'replies.duplicates': report.duplicates,
      },
    };
  },
};

function describeSilence({ transmitted, errors }: PingReport): string {
  const refusals = errors === 0 ? '' : ` and ${errors} errors`;
  return `ping got no reply${refusals} to ${transmitted} requests; at least one reply is needed`;
}

/** Mean of the two middle values when their number is even; at least one value. */
function computeMedian(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted.length >> 1;
  const lower = (sorted.length - 1) >> 1;
  return ((sorted[lower] ?? Number.NaN) + (sorted[upper] ?? Number.NaN)) / 2;
}

function requireTime(seconds: number): number {
  if (seconds > 0) return seconds;
  throw new MeasurementError(`ping gave a median of ${seconds} s, which must be more than zero`);
}
