import type { Unit } from '../units.ts';
import type { TestName } from '../vocabulary.ts';

export interface MetricDefinition {
  readonly name: string;
  readonly unit: Unit;
  readonly better: 'higher' | 'lower';
  /** The primary metric of a test is gated; the others are shown. */
  readonly role: 'primary' | 'secondary';
}

const throughput = { name: 'throughput', unit: 'bit/s', better: 'higher', role: 'primary' } as const;
const latency = { name: 'latency', unit: 's', better: 'lower', role: 'primary' } as const;
const loss = { name: 'loss', unit: '1', better: 'lower', role: 'secondary' } as const;
const retransmits = { name: 'retransmits', unit: 'count', better: 'lower', role: 'secondary' } as const;
const sent = { name: 'sent', unit: 'bit/s', better: 'higher', role: 'secondary' } as const;
const jitter = { name: 'jitter', unit: 's', better: 'lower', role: 'secondary' } as const;
const transactionMetrics = [
  latency,
  { name: 'transactions', unit: '1/s', better: 'higher', role: 'secondary' },
  { name: 'latency_p50', unit: 's', better: 'lower', role: 'secondary' },
  { name: 'latency_p90', unit: 's', better: 'lower', role: 'secondary' },
  { name: 'latency_p99', unit: 's', better: 'lower', role: 'secondary' },
  { name: 'latency_max', unit: 's', better: 'lower', role: 'secondary' },
] as const;

/** What each test yields (design 4.1): the primary metric first, in the order in which reports show them. */
export const metricsByTest: Readonly<Record<TestName, readonly MetricDefinition[]>> = {
  tcp_stream: [throughput, retransmits],
  tcp_rr: transactionMetrics,
  udp_stream: [throughput, sent, loss],
  udp_rr: transactionMetrics,
  iperf_tcp: [throughput, retransmits],
  iperf_udp: [throughput, sent, loss, jitter],
  ping: [latency, loss],
};
