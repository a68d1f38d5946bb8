import type { Command } from '../machines/machine.ts';
import type { SampleLine } from '../results/journal.schema.ts';
import type { TestName } from '../vocabulary.ts';

/** What one invocation measures against. */
export interface BenchmarkTarget {
  /** IPv4 address of the guest. */
  readonly address: string;
  /** The one port of the guest on which netperf's data arrive, where not every port is reached. */
  readonly dataPort?: number;
  /** Requested duration, whole seconds. */
  readonly seconds: number;
  readonly ping: { readonly count: number; readonly intervalSeconds: number };
  readonly iperfUdpBitsPerSecond: number;
}

/** What the tool left behind; the parser judges, the exit code does not. */
export interface ToolOutput {
  readonly exitCode: number | null;
  readonly timedOut: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

export type Measured = Pick<SampleLine, 'metrics' | 'diagnostics'>;

/** One of the tests: how to ask, and how to read the answer. Both are pure. */
export interface Benchmark {
  readonly test: TestName;
  readonly tool: 'netperf' | 'iperf3' | 'iperf2' | 'ping';
  /** How long the tool's server needs after one invocation until it takes the next, seconds; none where absent. */
  readonly pauseSeconds?: number;
  /** Duration that one invocation is asked to take, seconds. */
  requestedSeconds(target: BenchmarkTarget): number;
  buildCommand(target: BenchmarkTarget): Command;
  /** Throws `MeasurementError`, and nothing else, on anything that is no measurement. */
  parse(output: ToolOutput): Measured;
}
