import type { ResolvedPlan } from '../plans/plan.schema.ts';
import type { TestName } from '../vocabulary.ts';
import type { Benchmark } from './benchmark.ts';
import { iperfTcp } from './iperf-tcp.ts';
import { iperfUdp } from './iperf-udp.ts';
import { iperf2Tcp } from './iperf2-tcp.ts';
import { iperf2Udp } from './iperf2-udp.ts';
import { tcpRr, udpRr } from './netperf-rr.ts';
import { tcpStream, udpStream } from './netperf-stream.ts';
import { ping } from './ping.ts';

/** Every test that there is. */
export const benchmarks: Readonly<Record<TestName, Benchmark>> = {
  tcp_stream: tcpStream,
  tcp_rr: tcpRr,
  udp_stream: udpStream,
  udp_rr: udpRr,
  iperf_tcp: iperfTcp,
  iperf_udp: iperfUdp,
  ping,
};

const withIperf2: Readonly<Record<TestName, Benchmark>> = { ...benchmarks, iperf_tcp: iperf2Tcp, iperf_udp: iperf2Udp };

/** The tests as a plan measures them: iperf is iperf3 unless the plan asks for iperf2. */
export function selectBenchmarks({ iperf }: Pick<ResolvedPlan, 'iperf'>): Readonly<Record<TestName, Benchmark>> {
  return iperf === 'iperf2' ? withIperf2 : benchmarks;
}
