import { lastLines, MeasurementError } from '../errors.ts';
import type { Benchmark, ToolOutput } from './benchmark.ts';

/**
 * Throws unless the tool ended by itself with one of the `accepted` exit codes.
 *
 * Only a first sieve: netperf and iperf3 end with 0 after a test in which nothing arrived.
 */
export function requireNormalEnd(tool: Benchmark['tool'], output: ToolOutput, accepted: readonly number[] = [0]): void {
  if (output.timedOut) throw new MeasurementError(`${tool} did not end before its deadline${said(output)}`);
  if (output.exitCode === null) {
    throw new MeasurementError(`${tool} was ended by a signal or never started, with no exit code${said(output)}`);
  }
  if (!accepted.includes(output.exitCode)) {
    throw new MeasurementError(
      `${tool} ended with exit code ${output.exitCode} instead of ${accepted.join(' or ')}${said(output)}`,
    );
  }
}

function said(output: ToolOutput): string {
  const lines = lastLines(output.stderr.trim() === '' ? output.stdout : output.stderr, 2);
  return lines === '' ? '' : `: ${excerpt(lines, 240)}`;
}

/** Foreign text for a message: on one line and not longer than a reader bears. */
export function excerpt(text: string, length = 80): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length <= length ? line : `${line.slice(0, length)}...`;
}
