import type { ComparisonCell } from '../src/comparison/comparison.schema.ts';

/** What a cell's id says; cells of foreign data have ids of any form and are shown by the whole of it. */
export interface CellName {
  readonly guest: string;
  readonly attachment: string;
  readonly test: string;
}

/** `docker/bridge/tcp_rr/latency`, with `HOST:` before it when a run covers several hosts; the host stays with the guest. */
export function readCellName({ id }: Pick<ComparisonCell, 'id'>): CellName {
  const [guest, attachment, test, metric, ...rest] = id.split('/');
  if (
    guest === undefined ||
    attachment === undefined ||
    test === undefined ||
    metric === undefined ||
    rest.length > 0
  ) {
    return { guest: id, attachment: '', test: '' };
  }
  return { guest, attachment, test };
}
