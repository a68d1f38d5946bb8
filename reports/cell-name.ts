import type { ComparisonCell } from '../src/comparison/comparison.schema.ts';

/** What a cell's id says; an id of any other form is shown by the whole of it. */
export interface CellName {
  /** Of a virtual machine with its accelerator, `qemu (tcg)`: figures of one say nothing about the other. */
  readonly guest: string;
  readonly attachment: string;
  readonly test: string;
}

type NamedCell = Pick<ComparisonCell, 'id' | 'accelerator'>;

/** Reads `docker/bridge/tcp_rr/latency`; the host stands before it when a run covers several, and stays with the guest. */
export function readCellName({ id, accelerator }: NamedCell): CellName {
  const [guest, attachment, test, metric, ...rest] = id.split('/');
  if (guest === undefined || attachment === undefined || test === undefined || metric === undefined || rest.length > 0)
    return { guest: id, attachment: '', test: '' };
  return { guest: describeGuest(guest, accelerator), attachment, test };
}

export function describeGuest(guest: string, accelerator: string | null | undefined): string {
  return accelerator == null ? guest : `${guest} (${accelerator})`;
}

/** `tcp_rr docker bridge`, for sentences about a row. */
export function describeCell(cell: NamedCell): string {
  const { guest, attachment, test } = readCellName(cell);
  return [test, guest, attachment].filter(Boolean).join(' ');
}
