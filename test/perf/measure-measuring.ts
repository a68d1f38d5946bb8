import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { selectBenchmarks } from '../../src/benchmarks/benchmarks.ts';
import { createLocalMachine } from '../../src/machines/local.ts';
import { inNamespace } from '../../src/machines/machine.ts';
import { embeddedTopology } from '../../src/networks/embedded.ts';
import { disturbanceKeys } from '../../src/results/disturbance-keys.ts';
import type { Run, SampleLine } from '../../src/results/journal.schema.ts';
import { readRun } from '../../src/results/read-journal.ts';
import { computeMedian } from '../../src/statistics/quantile.ts';
import { runTunegate } from '../run-tunegate.ts';
import { writePlan } from '../soak/write-plan.ts';
import type { PerfRow } from './perf-row.ts';
import { withGuest } from './with-guest.ts';

const tests = ['tcp_rr', 'tcp_stream', 'udp_rr', 'iperf_tcp', 'ping'] as const;

/** Of each tool by itself. */
const toolRuns = 4;

/**
 * What a run takes from its first sample to its last, against the durations that it asks its tools for and what the
 * same command lines take beyond those when nobody watches them; and what it costs meanwhile.
 */
export async function measureMeasuring(signal: AbortSignal): Promise<readonly PerfRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'tunegate-perf-'));
  try {
    const plan = await writePlan(folder, { guests: ['bare'], tests, deployments: 1, seconds: 2 });
    const out = join(folder, 'run');
    const command = ['measure', '--plan', plan, '--samples', '2', '--out', out];
    await runTunegate(signal, ...command);
    const run = await readRun(out);
    const requested = run.samples.map((sample) => readRequested(run, sample));
    const beyond = await measureTools(run, signal);
    const tools = sum(requested) + sum(run.samples.map(({ test }) => computeMedian(beyond.get(test) ?? [])));
    const wall = sum(run.deployments.map(({ id }) => readPhaseSeconds(run, id)));
    const cpu = run.samples.map(
      ({ diagnostics, seconds }) => Number(diagnostics[disturbanceKeys.harnessCpu]) / seconds,
    );
    const n = run.samples.length;
    return [
      {
        ...{ what: 'measuring phase / (durations asked for + fixed cost of the tools)', unit: '', goal: 1.03, n },
        value: wall / tools,
        details: `${wall.toFixed(2)} s / (${sum(requested).toFixed(2)} + ${(tools - sum(requested)).toFixed(2)} s)`,
      },
      {
        ...{ what: 'harness CPU while a sample runs', unit: '% of a CPU', goal: 1, n },
        value: 100 * computeMedian(cpu),
        details: `largest ${(100 * Math.max(...cpu)).toFixed(2)} %, samples of 2 s`,
      },
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** From the line that says that the guest is proven to that of the last sample. */
function readPhaseSeconds({ deployments, samples }: Run, id: string): number {
  const begin = deployments.find((line) => line.id === id)?.time ?? '';
  const end = samples.findLast((line) => line.deployment === id)?.time ?? '';
  return (Date.parse(end) - Date.parse(begin)) / 1000;
}

function readRequested({ header: { plan } }: Run, { test }: SampleLine): number {
  return selectBenchmarks(plan)[test].requestedSeconds({ ...plan, address: '' });
}

/** Seconds that each tool takes beyond its duration, by the command lines of the run. */
async function measureTools(run: Run, signal: AbortSignal): Promise<ReadonlyMap<string, number[]>> {
  const machine = createLocalMachine();
  const beyond = new Map<string, number[]>();
  await withGuest('bare', signal, async () => {
    for (let round = 0; round < toolRuns; round += 1) {
      for (const test of tests) {
        const sample = run.samples.find((line) => line.test === test);
        const [program = '', ...args] = sample?.argv ?? [];
        if (sample === undefined) throw new Error(`the run has no sample of ${test}`);
        const command = inNamespace(embeddedTopology.clientNamespace, { program, args });
        const { seconds } = await machine.run(command, { timeoutSeconds: 30, signal });
        beyond.set(test, [...(beyond.get(test) ?? []), seconds - readRequested(run, sample)]);
      }
    }
  });
  return beyond;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
