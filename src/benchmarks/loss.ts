import { MeasurementError } from '../errors.ts';

/**
 * Share of the sent bytes that the receiver did not get, 0 to 1.
 *
 * Throws when nothing was sent, or when more was received than sent: then something on the path repeats datagrams and
 * neither figure can be trusted.
 */
export function computeLoss(bytesSent: number, bytesReceived: number): number {
  if (!(bytesSent > 0 && bytesReceived <= bytesSent)) {
    throw new MeasurementError(
      `the receiver got ${bytesReceived} bytes of ${bytesSent} sent; some must be sent and no more received`,
    );
  }
  return (bytesSent - bytesReceived) / bytesSent;
}
