import * as z from 'zod';
import { computeLoss } from './loss.ts';
import { createNetperfBenchmark } from './netperf-benchmark.ts';
import { commonDiagnostics, tcpDiagnostics } from './netperf-diagnostics.ts';
import { amount, count, throughput, word } from './netperf-output.ts';

/** Finer than netperf's default of 10^6: with two decimals it resolves 10 bit/s. */
const streamUnits = { options: ['-f', 'k'], name: '10^3bits/s', bitsPerSecond: 1000 } as const;

/** An Ethernet frame's payload (MTU 1500) less the headers of IPv4 (20) and UDP (8): one datagram, one frame. */
const datagramBytes = 1472;

/**
 * Bulk transfer to the guest over one TCP connection.
 *
 *     THROUGHPUT=5349305.00
 *     THROUGHPUT_UNITS=10^3bits/s
 *     LOCAL_TRANSPORT_RETRANS=2518
 */
export const tcpStream = createNetperfBenchmark({
  test: 'tcp_stream',
  name: 'TCP_STREAM',
  globalOptions: streamUnits.options,
  testOptions: [],
  figures: z.object({
    THROUGHPUT: throughput,
    THROUGHPUT_UNITS: word(streamUnits.name),
    LOCAL_TRANSPORT_RETRANS: count,
  }),
  diagnostics: { ...commonDiagnostics, ...tcpDiagnostics },
  computeMetrics: (figures) => ({
    throughput: figures.THROUGHPUT * streamUnits.bitsPerSecond,
    retransmits: figures.LOCAL_TRANSPORT_RETRANS,
  }),
});

/**
 * Bulk transfer to the guest in datagrams of 1472 bytes; throughput is what was received.
 *
 *     THROUGHPUT=7370916.29
 *     THROUGHPUT_UNITS=10^3bits/s
 *     LOCAL_SEND_THROUGHPUT=7507809.41
 *     REMOTE_RECV_THROUGHPUT=7370916.29
 *     LOCAL_BYTES_SENT=938576640
 *     REMOTE_BYTES_RECVD=921463168
 *
 * There is no flow control: what is sent may exceed what any wire carries, the rest is dropped on the way. `-R 1` lets
 * the datagrams be routed; without it netperf sends to neighbours on the same link only.
 */
export const udpStream = createNetperfBenchmark({
  test: 'udp_stream',
  name: 'UDP_STREAM',
  globalOptions: streamUnits.options,
  testOptions: ['-R', '1', '-m', String(datagramBytes)],
  figures: z.object({
    THROUGHPUT: throughput,
    THROUGHPUT_UNITS: word(streamUnits.name),
    LOCAL_SEND_THROUGHPUT: throughput,
    REMOTE_RECV_THROUGHPUT: throughput,
    LOCAL_BYTES_SENT: amount,
    REMOTE_BYTES_RECVD: amount,
  }),
  diagnostics: commonDiagnostics,
  computeMetrics: (figures) => ({
    throughput: figures.REMOTE_RECV_THROUGHPUT * streamUnits.bitsPerSecond,
    sent: figures.LOCAL_SEND_THROUGHPUT * streamUnits.bitsPerSecond,
    loss: computeLoss(figures.LOCAL_BYTES_SENT, figures.REMOTE_BYTES_RECVD),
  }),
});
