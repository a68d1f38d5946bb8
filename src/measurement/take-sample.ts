import { setTimeout as sleep } from 'node:timers/promises';
import type { Benchmark, BenchmarkTarget, Measured } from '../benchmarks/benchmark.ts';
import { isConnectionLost, MeasurementError, messageOf } from '../errors.ts';
import { type Command, inNamespace, type Outcome } from '../machines/machine.ts';
import type { WireEnds } from '../networks/topology.ts';
import type { SampleLine } from '../results/journal.schema.ts';
import { judgeWire } from './judge-wire.ts';
import { type SampleChange, type WatchedPlaces, watchSample } from './sample-watch.ts';

/** A tool that has not answered so long after its requested duration will not answer. */
const graceSeconds = 15;

export interface SampleRequest extends WireEnds {
  /** null: the client's own network. */
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

export interface TakenSample {
  readonly sample: Sample;
  readonly output: Outcome;
  /** The loss of the connection to a machine, after which nothing more can be measured there; null: none. */
  readonly loss: unknown;
}

/** One invocation of the measuring tool. A failure is a sample too, with its reason; only an interruption throws. */
export async function takeSample(request: SampleRequest): Promise<TakenSample> {
  const { benchmark, target } = request;
  const command = benchmark.buildCommand(target);
  // An interruption ends the wait; the tool is then not started either.
  await sleep((benchmark.pauseSeconds ?? 0) * 1000, undefined, { signal: request.signal }).catch(() => {});
  const start = request.now().toISOString();
  const { output, judged, change, loss } = await measure(request, command);
  const sample: Sample = {
    tool: request.tool,
    start,
    seconds: Math.round(output.seconds * 1e6) / 1e6,
    argv: [command.program, ...command.args],
    status: judged.reason === null ? 'ok' : 'failed',
    reason: judged.reason,
    metrics: judged.metrics,
    diagnostics: { ...judged.diagnostics, ...change?.diagnostics, ...describeWire(change) },
  };
  return { sample, output, loss };
}

interface Measurement {
  readonly output: Outcome;
  readonly judged: Judged;
  /** null: it could not be seen. */
  readonly change: SampleChange | null;
  readonly loss: unknown;
}

/** Nobody vouches for a figure that came about while a machine was out of reach: then there is none. */
async function measure(request: SampleRequest, command: Command): Promise<Measurement> {
  const { client, benchmark, target, places, signal } = request;
  const started = performance.now();
  try {
    const finishWatch = await watchSample(request, places);
    const output = await client.run(inNamespace(request.clientNamespace, command), {
      timeoutSeconds: benchmark.requestedSeconds(target) + graceSeconds,
      signal,
      allowFailure: true,
    });
    const change = await finishWatch();
    return { output, judged: refuseOtherWays(judge(benchmark, output), change, places), change, loss: null };
  } catch (thrown) {
    signal.throwIfAborted();
    if (!isConnectionLost(thrown)) throw thrown;
    const seconds = (performance.now() - started) / 1000;
    const output = { exitCode: null, signal: null, timedOut: false, stdout: '', stderr: messageOf(thrown), seconds };
    return { output, judged: { metrics: {}, diagnostics: {}, reason: messageOf(thrown) }, change: null, loss: thrown };
  }
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

function describeWire(change: SampleChange | null): SampleLine['diagnostics'] {
  const wire = change?.wire ?? null;
  return wire === null
    ? {}
    : { 'client.wire.bytesSent': wire.sentBytes, 'client.wire.bytesReceived': wire.receivedBytes };
}
