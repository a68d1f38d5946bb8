import { setTimeout as sleep } from 'node:timers/promises';
import type { Benchmark, BenchmarkTarget, Measured } from '../benchmarks/benchmark.ts';
import { MeasurementError, messageOf } from '../errors.ts';
import { inNamespace, type Machine, type Outcome } from '../machines/machine.ts';
import type { SampleLine } from '../results/journal.schema.ts';
import { judgeWire } from './judge-wire.ts';
import { type SampleChange, type WatchedPlaces, watchSample } from './sample-watch.ts';

/** A tool that has not answered so long after its requested duration will not answer. */
const graceSeconds = 15;

export interface SampleRequest {
  readonly machine: Machine;
  /** null: the machine's own network. */
  readonly clientNamespace: string | null;
  readonly benchmark: Benchmark;
  /** What is looked at before and after. */
  readonly places: WatchedPlaces;
  readonly target: BenchmarkTarget;
  /** Name and version. */
  readonly tool: string;
  readonly signal: AbortSignal;
  readonly now: () => Date;
}

export type Sample = Pick<
  SampleLine,
  'tool' | 'start' | 'seconds' | 'argv' | 'status' | 'reason' | 'metrics' | 'diagnostics'
>;

/** One invocation of the measuring tool. A failure is a sample too, with its reason; only an interruption throws. */
export async function takeSample(request: SampleRequest): Promise<{ sample: Sample; output: Outcome }> {
  const { machine, benchmark, target } = request;
  const command = benchmark.buildCommand(target);
  // An interruption ends the wait; the tool is then not started either.
  await sleep((benchmark.pauseSeconds ?? 0) * 1000, undefined, { signal: request.signal }).catch(() => {});
  const start = request.now().toISOString();
  const load = await readLoad(machine);
  const finishWatch = await watchSample(machine, request.places);
  const output = await machine.run(inNamespace(request.clientNamespace, command), {
    timeoutSeconds: benchmark.requestedSeconds(target) + graceSeconds,
    signal: request.signal,
    allowFailure: true,
  });
  const change = await finishWatch();
  const judged = refuseOtherWays(judge(benchmark, output), change, request.places);
  const sample: Sample = {
    tool: request.tool,
    start,
    seconds: Math.round(output.seconds * 1e6) / 1e6,
    argv: [command.program, ...command.args],
    status: judged.reason === null ? 'ok' : 'failed',
    reason: judged.reason,
    metrics: judged.metrics,
    diagnostics: { ...judged.diagnostics, ...load, ...change.diagnostics, ...describeWire(change) },
  };
  return { sample, output };
}

type Judged = Measured & { readonly reason: string | null };

function judge(benchmark: Benchmark, output: Outcome): Judged {
  try {
    return { ...benchmark.parse(output), reason: null };
  } catch (thrown) {
    if (!(thrown instanceof MeasurementError)) throw thrown;
    return { metrics: {}, diagnostics: {}, reason: messageOf(thrown) };
  }
}

/** A figure that did not come about on the wire is none, whatever the tool thinks of it. */
function refuseOtherWays(judged: Judged, { wire }: SampleChange, { clientDevice }: WatchedPlaces): Judged {
  const reason = judged.reason === null ? judgeWire(judged, wire, clientDevice) : null;
  return reason === null ? judged : { ...judged, metrics: {}, reason };
}

function describeWire({ wire }: SampleChange): SampleLine['diagnostics'] {
  return wire === null
    ? {}
    : { 'client.wire.bytesSent': wire.sentBytes, 'client.wire.bytesReceived': wire.receivedBytes };
}

/** Load averages when the sample began: on a shared machine they move the figures more than tuning does. */
async function readLoad(machine: Machine): Promise<SampleLine['diagnostics']> {
  const [one, five] = ((await machine.readFile('/proc/loadavg')) ?? '').split(' ').map(Number);
  return { 'load.1m': one ?? null, 'load.5m': five ?? null };
}
