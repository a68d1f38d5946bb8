import type { DeploymentLine, SampleLine } from '../results/journal.schema.ts';
import { sides as sideNames } from '../vocabulary.ts';
import type { MatchedCell } from './match-cells.ts';
import { listMeasuredSamples } from './measured-values.ts';
import {
  computeCeiling,
  explainNoCeiling,
  judgeLatency,
  judgeThroughput,
  type Payload,
  type Wire,
} from './plausibility.ts';

/** Header bytes of a TCP segment over IPv4 with timestamps, which Linux sends. */
const tcpHeaders = 52;

/** What netperf's UDP_STREAM is asked to send, bytes; its report counts no datagrams. */
const netperfDatagram = 1472;

/** What the figures of a cell say about the way they took, one sentence each; of its largest throughput, or shortest time. */
export function listPlausibility(cell: MatchedCell): readonly string[] {
  return sideNames.flatMap((side) =>
    judgeSide(side, cell, readSamples(cell, side)).filter((sentence) => sentence !== null),
  );
}

/** Why no ceiling applies to any cell of these deployments; null where one does, or where nobody noted the interface. */
export function explainPath(deployments: readonly DeploymentLine[]): string | null {
  const wire = deployments.map(readWire).find((found) => found !== null);
  return wire === undefined || wire === null ? null : explainNoCeiling(wire);
}

interface WiredSample {
  readonly sample: SampleLine;
  readonly wire: Wire | null;
}

function readSamples(cell: MatchedCell, side: (typeof sideNames)[number]): readonly WiredSample[] {
  return cell[side].flatMap((deployment) =>
    listMeasuredSamples(deployment, cell.test).map((sample) => ({ sample, wire: readWire(deployment.line) })),
  );
}

function judgeSide(side: string, { metric }: MatchedCell, samples: readonly WiredSample[]): readonly (string | null)[] {
  const values = samples.flatMap(({ sample, wire }) => {
    const found = sample.metrics[metric.name];
    return found !== undefined && 'value' in found ? [{ sample, wire, value: found.value }] : [];
  });
  if (values.length === 0) return [];
  if (metric.name === 'latency') return [judgeLatency(side, Math.min(...values.map(({ value }) => value)))];
  if (metric.name !== 'throughput') return [];
  const shares = values.flatMap(({ sample, wire, value }) => {
    if (wire === null || wire.bitsPerSecond === null || explainNoCeiling(wire) !== null) return [];
    const { bitsPerSecond, mtu } = wire;
    return [{ value, ceiling: computeCeiling({ bitsPerSecond, mtu }, findPayload(sample, mtu)) }];
  });
  const highest = shares.toSorted((left, right) => right.value / right.ceiling - left.value / left.ceiling)[0];
  return highest === undefined ? [] : [judgeThroughput(side, highest.value, highest.ceiling)];
}

function findPayload({ test, diagnostics }: SampleLine, mtu: number): Payload {
  const read = (key: string) => (typeof diagnostics[key] === 'number' ? diagnostics[key] : 0);
  if (test === 'tcp_stream' || test === 'iperf_tcp') {
    return { protocol: 'tcp', bytes: read('maximumSegmentBytes') || mtu - tcpHeaders };
  }
  const packets = read('client.packetsSent') || read('server.packetsExpected');
  return { protocol: 'udp', bytes: Math.round(read('client.bytesSent') / packets) || netperfDatagram };
}

function readWire({ facts }: DeploymentLine): Wire | null {
  const { 'driver.wire': driver, 'speed.wire': speed, 'mtu.wire': mtu } = facts?.client ?? {};
  if (typeof driver !== 'string' || typeof mtu !== 'number') return null;
  return { driver, bitsPerSecond: typeof speed === 'number' ? speed : null, mtu };
}
