import * as z from 'zod';
import { MeasurementError } from '../errors.ts';
import type { Command } from '../machines/machine.ts';
import type { BenchmarkTarget, Measured, ToolOutput } from './benchmark.ts';
import { excerpt, requireNormalEnd } from './tool-output.ts';

/** Milliseconds until an unanswered connection is given up; the kernel alone would try for two minutes. */
const connectTimeoutMilliseconds = 5000;

/** The server stays as it is between samples: iperf3, unlike iperf2, is reusable for TCP and UDP. */
export function buildIperfCommand(target: BenchmarkTarget, options: readonly string[]): Command {
  const duration = String(target.seconds);
  const patience = String(connectTimeoutMilliseconds);
  return {
    program: 'iperf3',
    args: ['-4', '-c', target.address, '-t', duration, '--connect-timeout', patience, '-J', ...options],
  };
}

const amount = z.number().min(0);

/** One direction of the summary; its other keys differ by protocol. */
export const directionSchema = z.object({ seconds: amount, bytes: amount, bits_per_second: amount });

/** Per cent of one CPU that the iperf3 processes used, not of the machine. */
export const cpuSchema = z.object({
  host_total: amount,
  host_user: amount,
  host_system: amount,
  remote_total: amount,
  remote_user: amount,
  remote_system: amount,
});

export const startSchema = z.object({ sndbuf_actual: amount, rcvbuf_actual: amount });

/**
 * Reads the report of `iperf3 -J`, a JSON document with `start`, `intervals` and `end`.
 *
 * Version 3.12 ends with exit code 0 when there was no test at all; only `error` tells:
 *
 *     { "start": { "connected": [] }, "intervals": [], "end": {}, "error": "unable to connect to server: ..." }
 */
export function parseIperfReport<Schema extends z.ZodType>(output: ToolOutput, schema: Schema): z.infer<Schema> {
  if (output.timedOut) requireNormalEnd('iperf3', output);
  const report = parseJson(output);
  const failure = z.object({ error: z.string() }).safeParse(report);
  if (failure.success) throw new MeasurementError(`iperf3 reported an error: ${excerpt(failure.data.error, 240)}`);
  requireNormalEnd('iperf3', output);
  const parsed = schema.safeParse(report);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new MeasurementError(`iperf3's report has no usable ${issue?.path.join('.') || 'document'}: ${issue?.message}`);
}

function parseJson(output: ToolOutput): unknown {
  try {
    return JSON.parse(output.stdout);
  } catch (cause) {
    requireNormalEnd('iperf3', output);
    const found = output.stdout.trim() === '' ? 'nothing' : `"${excerpt(output.stdout)}"`;
    throw new MeasurementError(`iperf3 printed ${found} where a whole JSON document was expected`, { cause });
  }
}

/** Throws when nothing arrived: iperf3 ends with exit code 0 all the same. */
export function requireTraffic(received: z.infer<typeof directionSchema>): void {
  if (received.bytes <= 0 || received.bits_per_second <= 0) {
    throw new MeasurementError(
      `iperf3's receiver got ${received.bytes} bytes at ${received.bits_per_second} bit/s, which must be more than zero`,
    );
  }
}

export function describeEnds(
  start: z.infer<typeof startSchema>,
  cpu: z.infer<typeof cpuSchema>,
): Measured['diagnostics'] {
  return {
    'client.cpu.processPercent': cpu.host_total,
    'client.cpu.processUserPercent': cpu.host_user,
    'client.cpu.processSystemPercent': cpu.host_system,
    'server.cpu.processPercent': cpu.remote_total,
    'server.cpu.processUserPercent': cpu.remote_user,
    'server.cpu.processSystemPercent': cpu.remote_system,
    'client.socket.sendBytes': start.sndbuf_actual,
    'client.socket.receiveBytes': start.rcvbuf_actual,
  };
}
