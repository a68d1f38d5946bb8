import type { TestName } from '../vocabulary.ts';
import type { Benchmark } from './benchmark.ts';
import { iperfTcp } from './iperf-tcp.ts';
import { iperfUdp } from './iperf-udp.ts';
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
