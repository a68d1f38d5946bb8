import { MeasurementError } from '../errors.ts';
import type { Benchmark, ToolOutput } from './benchmark.ts';
import { buildMetrics } from './build-metrics.ts';
import {
  buildIperf2Command,
  readNumber,
  readTransfers,
  requireBytes,
  requireQuietEnd,
  type Transfer,
} from './iperf2-output.ts';
import { excerpt } from './tool-output.ts';

/**
 * Bulk transfer to the guest over one TCP connection, measured by iperf 2. Its client closes the connection and waits for
 * the server to do the same before it stops its clock, so bytes and time of its one report are those of what arrived:
 *
 *     [ ID] Interval            Transfer    Bandwidth       Write/Err  Rtry     Cwnd/RTT(var)        NetPwr
 *     [  1] 0.0000-1.0077 sec  776863804 Bytes  6167145887 bits/sec  5927/0          3     1102K/624(964) us  1235406
 */
export const iperf2Tcp: Benchmark = {
  test: 'iperf_tcp',
  tool: 'iperf2',
  requestedSeconds: (target) => target.seconds,
  buildCommand: (target) => buildIperf2Command(target, []),
  parse(output) {
    requireQuietEnd(output);
    const transfer = readOnly(output);
    requireBytes('client', transfer);
    const [writes, retransmits] = transfer.rest;
    const [written, errors] = (writes ?? '').split('/');
    if (readNumber(errors, 'write errors') > 0)
      throw new MeasurementError(`iperf2's client had ${errors} write errors`);
    return {
      metrics: buildMetrics('iperf_tcp', {
        throughput: transfer.bitsPerSecond,
        retransmits: readNumber(retransmits, 'retransmits'),
      }),
      diagnostics: {
        elapsedSeconds: transfer.seconds,
        'client.bytesSent': transfer.bytes,
        'client.sendCalls': readNumber(written, 'writes'),
      },
    };
  },
};

function readOnly({ stdout }: ToolOutput): Transfer {
  const transfers = readTransfers(stdout);
  const [transfer] = transfers;
  if (transfer !== undefined && transfers.length === 1) return transfer;
  throw new MeasurementError(
    `iperf2 printed ${transfers.length} reports where 1 was expected: "${excerpt(stdout, 240)}"`,
  );
}
