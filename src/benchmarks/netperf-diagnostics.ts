import { MeasurementError } from '../errors.ts';
import type { Measured } from './benchmark.ts';
import type { NetperfValues } from './netperf-output.ts';

/** Selector to key of the diagnostic. */
type Names = Readonly<Record<string, string>>;

/** netperf's two ends: the client machine, and netserver on the machine or guest under test. */
const bothEnds = (names: Names): Names =>
  Object.fromEntries(
    Object.entries(names).flatMap(([selector, key]) => [
      [`LOCAL_${selector}`, `client.${key}`],
      [`REMOTE_${selector}`, `server.${key}`],
    ]),
  );

/**
 * Of every netperf test. CPU figures are per cent of the whole machine as seen by the kernel of that end: a guest does
 * not see what its host spends on it.
 */
export const commonDiagnostics: Names = {
  ELAPSED_TIME: 'elapsedSeconds',
  ...bothEnds({
    CPU_UTIL: 'cpu.percent',
    CPU_PEAK_UTIL: 'cpu.busiestCpuPercent',
    CPU_PERCENT_USER: 'cpu.userPercent',
    CPU_PERCENT_SYSTEM: 'cpu.systemPercent',
    CPU_PERCENT_IRQ: 'cpu.interruptPercent',
    CPU_PERCENT_SWINTR: 'cpu.softInterruptPercent',
    CPU_PERCENT_IOWAIT: 'cpu.ioWaitPercent',
    SD: 'serviceDemand',
  }),
  SD_UNITS: 'serviceDemandUnit',
  LSS_SIZE: 'client.socket.sendBytes',
  LSS_SIZE_END: 'client.socket.sendBytesAtEnd',
  LSR_SIZE: 'client.socket.receiveBytes',
  LSR_SIZE_END: 'client.socket.receiveBytesAtEnd',
  RSS_SIZE: 'server.socket.sendBytes',
  RSS_SIZE_END: 'server.socket.sendBytesAtEnd',
  RSR_SIZE: 'server.socket.receiveBytes',
  RSR_SIZE_END: 'server.socket.receiveBytesAtEnd',
  LOCAL_SEND_CALLS: 'client.sendCalls',
  LOCAL_BYTES_SENT: 'client.bytesSent',
  REMOTE_RECV_CALLS: 'server.receiveCalls',
  REMOTE_BYTES_RECVD: 'server.bytesReceived',
};

export const tcpDiagnostics: Names = {
  ...bothEnds({ CONG_CONTROL: 'congestionControl', TRANSPORT_RETRANS: 'retransmits' }),
  TRANSPORT_MSS: 'maximumSegmentBytes',
  LOCAL_NODELAY: 'client.noDelay',
};

/** What an empty value and -1 mean: the selector does not apply to this test. */
const notApplicable = /^(-1(\.0+)?)?$/;

/** Throws when a selector is absent; null where netperf says that it does not apply. */
export function readDiagnostics(names: Names, values: NetperfValues): Measured['diagnostics'] {
  return Object.fromEntries(
    Object.entries(names).map(([selector, key]) => {
      const text = values.get(selector);
      if (text === undefined) throw new MeasurementError(`netperf reported no ${selector}, which was asked for`);
      if (notApplicable.test(text)) return [key, null];
      const value = /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
      return [key, Number.isFinite(value) ? value : text];
    }),
  );
}
