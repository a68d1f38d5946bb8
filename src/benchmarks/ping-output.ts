import { MeasurementError } from '../errors.ts';
import type { ToolOutput } from './benchmark.ts';
import { excerpt, requireNormalEnd } from './tool-output.ts';

export interface PingReport {
  /** Round-trip time of each reply, seconds, in the order of arrival; duplicates are left out. */
  readonly replies: readonly number[];
  readonly transmitted: number;
  readonly errors: number;
  readonly duplicates: number;
}

// iputils: "64 bytes from 198.18.0.2: icmp_seq=1 ttl=64 time=0.200 ms"; BusyBox: "... seq=0 ttl=64 time=0.042 ms".
const replyLine = /^\d+ bytes from .+: (?:icmp_)?seq=\d+ ttl=\d+ time=(\d+(?:\.\d+)?) ms( \(DUP!\))?$/;

// iputils: "6 packets transmitted, 4 received, +2 errors, 33.3333% packet loss, time 517ms";
// BusyBox: "3 packets transmitted, 3 packets received, 2 duplicates, 0% packet loss".
const summaryLine = /^(\d+) packets transmitted, (\d+)(?: packets)? received,(.*) [\d.]+% packet loss/;

/**
 * Reads every single reply of iputils or BusyBox ping (`LC_ALL=C`, `-n`):
 *
 *     PING 198.18.0.2 (198.18.0.2) 56(84) bytes of data.
 *     64 bytes from 198.18.0.2: icmp_seq=1 ttl=64 time=0.042 ms
 *     64 bytes from 198.18.0.2: icmp_seq=2 ttl=64 time=0.058 ms
 *     From 198.18.0.2 icmp_seq=3 Destination Host Unreachable
 *
 *     --- 198.18.0.2 ping statistics ---
 *     3 packets transmitted, 2 received, +1 errors, 33.3333% packet loss, time 517ms
 *     rtt min/avg/max/mdev = 0.042/0.050/0.058/0.008 ms
 *
 * Exit code 1 only says that replies are missing; the lines say how many.
 */
export function parsePingOutput(output: ToolOutput): PingReport {
  requireNormalEnd('ping', output, [0, 1]);
  const lines = output.stdout.split('\n').map((line) => line.trimEnd());
  const { transmitted, received, remarks } = readSummary(lines);
  const arrived = lines.filter((line) => /^\d+ bytes from /.test(line)).map(readReply);
  const replies = arrived.filter(({ duplicate }) => !duplicate).map(({ seconds }) => seconds);
  if (replies.length !== received || received > transmitted) {
    throw new MeasurementError(
      `ping printed ${replies.length} replies but counted ${received} of ${transmitted}, which must agree`,
    );
  }
  return {
    replies,
    transmitted,
    errors: readCount(remarks, 'errors'),
    duplicates: readCount(remarks, 'duplicates'),
  };
}

function readSummary(lines: readonly string[]): { transmitted: number; received: number; remarks: string } {
  const [, transmitted, received, remarks] = lines.map((line) => summaryLine.exec(line)).find(Boolean) ?? [];
  if (transmitted === undefined || received === undefined || remarks === undefined) {
    const [last] = lines.filter((line) => line.trim() !== '').slice(-1);
    throw new MeasurementError(
      `ping printed no line "N packets transmitted, N received"; its last line was "${excerpt(last ?? '')}"`,
    );
  }
  return { transmitted: Number(transmitted), received: Number(received), remarks };
}

function readReply(line: string): { seconds: number; duplicate: boolean } {
  const [, milliseconds, duplicate] = replyLine.exec(line) ?? [];
  if (milliseconds === undefined) {
    throw new MeasurementError(`ping printed a reply that has no sequence, ttl and time in ms: "${excerpt(line)}"`);
  }
  // Read as a whole: 0.043 / 1000 would be 0.000042999999999999995.
  return { seconds: Number(`${milliseconds}e-3`), duplicate: duplicate !== undefined };
}

/** "+2 errors" of iputils, "2 duplicates" of BusyBox; 0 when it is not mentioned. */
function readCount(remarks: string, what: string): number {
  return Number(new RegExp(`\\+?(\\d+) ${what}`).exec(remarks)?.[1] ?? 0);
}
