import type { SampleLine } from '../results/journal.schema.ts';
import type { SampleChange } from './sample-watch.ts';

/** Bytes of an echo request without options, from the IP header on: 20 + 8 + 56. */
const echoBytes = 84;

/**
 * Why what a tool reports cannot have gone over the wire; null when it can, or when nobody could look.
 * What arrived at the other end must have left by the client's interface, with headers on top.
 */
export function judgeWire(
  { diagnostics }: Pick<SampleLine, 'diagnostics'>,
  wire: SampleChange['wire'],
  device: string,
): string | null {
  const claimed = countArrived(diagnostics);
  if (wire === null || claimed === null || wire.sentBytes >= claimed) return null;
  return `${device} sent ${wire.sentBytes} bytes while the tool claims that ${claimed} arrived: they did not take the planned way`;
}

/** Bytes that arrived at the guest by the tool's own account; what was sent where only that is known (iperf 2 over TCP). */
function countArrived(diagnostics: SampleLine['diagnostics']): number | null {
  const read = (key: string) => (typeof diagnostics[key] === 'number' ? diagnostics[key] : null);
  const replies = read('replies.received');
  if (replies !== null) return replies * echoBytes;
  return read('server.bytesReceived') ?? read('client.bytesSent');
}
