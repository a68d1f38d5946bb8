/**
 * The duration that netperf and iperf3 are given: whole seconds, rounded up, at least 1.
 *
 * Both read an integer and take 0 for "without end": `netperf -l 0.5` and `iperf3 -t 0.5` never stop, and `-l 1.5`
 * lasts one second (seen with netperf 2.7.0 and iperf3 3.12).
 */
export function computeWholeSeconds(seconds: number): number {
  return Math.max(1, Math.ceil(seconds));
}
