import { MeasurementError } from '../errors.ts';
import type { Command } from '../machines/machine.ts';
import type { BenchmarkTarget, ToolOutput } from './benchmark.ts';
import { excerpt, requireNormalEnd } from './tool-output.ts';

/** `-f b`: whole bytes and bits, which nothing rounds. `-e`: retransmits. The CSV form (`-y C`) has neither loss nor these. */
export function buildIperf2Command(target: BenchmarkTarget, options: readonly string[]): Command {
  return { program: 'iperf', args: ['-c', target.address, '-t', String(target.seconds), '-f', 'b', '-e', ...options] };
}

/** What iperf 2 says on standard error instead of failing: it ends with exit code 0 all the same. */
const complaint = /^.*(?:failed: |WARNING: did not receive ack).*$/m;

/** Throws where the tool did not end by itself or complained; both kinds of test. */
export function requireQuietEnd(output: ToolOutput): void {
  requireNormalEnd('iperf2', output);
  const said = complaint.exec(output.stderr)?.[0];
  if (said !== undefined) throw new MeasurementError(`iperf2 reported an error: ${excerpt(said, 240)}`);
}

/** Start of a report line, up to what differs by kind. */
export interface Transfer {
  /** From the first to the last byte, as that end saw it. */
  readonly seconds: number;
  readonly bytes: number;
  readonly bitsPerSecond: number;
  /** The rest of the line, word by word. */
  readonly rest: readonly string[];
}

/** `[  1] 0.0000-1.0077 sec  776863804 Bytes  6167145887 bits/sec  5927/0          3     1102K/624(964) us  1235406` */
const transferLine = /^\[[ \d]+\] (\S+)-(\S+) sec\s+(\S+) Bytes\s+(\S+) bits\/sec\s*(.*)$/;

/** Every report line of the output, in its order. Throws for a figure that is none: iperf 2 prints `nan` and `-nan`. */
export function readTransfers(text: string): readonly Transfer[] {
  return text.split('\n').flatMap((line) => {
    const [, start, end, bytes, rate, rest] = transferLine.exec(line) ?? [];
    if (rest === undefined) return [];
    const seconds = Number((readNumber(end, 'interval') - readNumber(start, 'interval')).toFixed(4));
    const found = { seconds, bytes: readNumber(bytes, 'bytes'), bitsPerSecond: readNumber(rate, 'bits/sec') };
    return [{ ...found, rest: rest.trim().split(/\s+/) }];
  });
}

/** Throws unless the text is a plain number that is not negative. */
export function readNumber(text: string | undefined, what: string): number {
  if (text !== undefined && /^\d+(\.\d+)?$/.test(text)) return Number(text);
  throw new MeasurementError(`iperf2 gave ${what} as "${excerpt(text ?? '')}", which must be a number of zero or more`);
}

/** Throws when nothing was transferred. */
export function requireBytes(what: string, { bytes, bitsPerSecond }: Transfer): void {
  if (bytes > 0 && bitsPerSecond > 0) return;
  throw new MeasurementError(
    `iperf2's ${what} got ${bytes} bytes at ${bitsPerSecond} bit/s, which must be more than zero`,
  );
}
