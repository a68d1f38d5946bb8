import type { ComparisonCell } from '../src/comparison/comparison.schema.ts';

/** What a cell's id says; an id of any other form is shown by the whole of it. */
export interface CellName {
  readonly guest: string;
  readonly attachment: string;
  readonly test: string;
}

/** Reads `docker/bridge/tcp_rr/latency`; the host stands before it when a run covers several, and stays with the guest. */
export function readCellName({ id }: Pick<ComparisonCell, 'id'>): CellName {
  const [guest, attachment, test, metric, ...rest] = id.split('/');
  if (guest === undefined || attachment === undefined || test === undefined)
    return { guest: id, attachment: '', test: '' };
  return metric === undefined || rest.length > 0
    ? { guest: id, attachment: '', test: '' }
    : { guest, attachment, test };
}

/** `tcp_rr docker bridge`, for sentences about a row. */
export function describeCell(cell: Pick<ComparisonCell, 'id'>): string {
  const { guest, attachment, test } = readCellName(cell);
  return [test, guest, attachment].filter(Boolean).join(' ');
}
