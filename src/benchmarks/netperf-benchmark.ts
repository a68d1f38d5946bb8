import type * as z from 'zod';
import type { Command } from '../machines/machine.ts';
import type { TestName } from '../vocabulary.ts';
import type { Benchmark, BenchmarkTarget } from './benchmark.ts';
import { buildMetrics } from './build-metrics.ts';
import { readDiagnostics } from './netperf-diagnostics.ts';
import { parseNetperfOutput, readFigures } from './netperf-output.ts';

export interface NetperfTest<Figures extends z.ZodObject> {
  readonly test: TestName;
  /** netperf's own name of the test. */
  readonly name: 'TCP_STREAM' | 'TCP_RR' | 'UDP_STREAM' | 'UDP_RR';
  readonly globalOptions: readonly string[];
  readonly testOptions: readonly string[];
  /** Selectors that decide whether there is a sample; its keys are asked for. */
  readonly figures: Figures;
  /** Selectors that are only noted, with the key under which they are. */
  readonly diagnostics: Readonly<Record<string, string>>;
  /** Metrics in base units; throws `MeasurementError` where the figures contradict each other. */
  computeMetrics(figures: z.infer<Figures>): Record<string, number>;
}

/** What is asked for is what is parsed: both come from the same two tables. */
export function createNetperfBenchmark<Figures extends z.ZodObject>(definition: NetperfTest<Figures>): Benchmark {
  const { test, figures, diagnostics } = definition;
  return {
    test,
    tool: 'netperf',
    requestedSeconds: (target) => target.seconds,
    buildCommand: (target) => buildNetperfCommand(definition, target),
    parse(output) {
      const values = parseNetperfOutput(output);
      const metrics = definition.computeMetrics(readFigures(figures, values));
      return { metrics: buildMetrics(test, metrics), diagnostics: readDiagnostics(diagnostics, values) };
    },
  };
}

/** `-P 0`: no banner. `-c -C`: CPU use of both ends, from /proc/stat and without a calibration run. */
function buildNetperfCommand<Figures extends z.ZodObject>(
  definition: NetperfTest<Figures>,
  target: BenchmarkTarget,
): Command {
  const selectors = new Set([...Object.keys(definition.figures.shape), ...Object.keys(definition.diagnostics)]);
  const duration = String(target.seconds);
  return {
    program: 'netperf',
    args: [
      ...['-4', '-H', target.address, '-t', definition.name, '-l', duration, '-P', '0', '-c', '-C'],
      ...definition.globalOptions,
      '--',
      ...definition.testOptions,
      // Of the guest alone: the client's own port stays any.
      ...(target.dataPort === undefined ? [] : ['-P', `,${target.dataPort}`]),
      ...['-k', [...selectors].join(',')],
    ],
  };
}
