import { attachments, guestKinds, testNames } from '../vocabulary.ts';
import type { GuestRatio } from './comparison.schema.ts';

/** What the id of a cell says of it. */
export type CellPlacement = Pick<GuestRatio, 'host' | 'guest' | 'attachment' | 'test'>;

/** Reads `docker/bridge/tcp_rr/latency`, with `HOST:` before it or not; null for an id of any other form. */
export function readPlacement(id: string): CellPlacement | null {
  const colon = id.lastIndexOf(':');
  const [kind, way, name, metric, ...more] = id.slice(colon + 1).split('/');
  const guest = guestKinds.find((known) => known === kind);
  const attachment = attachments.find((known) => known === way);
  const test = testNames.find((known) => known === name);
  if (guest === undefined || attachment === undefined || test === undefined) return null;
  if (metric === undefined || more.length > 0) return null;
  return { host: colon < 0 ? null : id.slice(0, colon), guest, attachment, test };
}
