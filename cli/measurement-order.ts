import type { Folders } from '../src/hosts/folders.ts';
import type { Topology } from '../src/networks/topology.ts';
import type { MeasurementRequest } from '../src/plans/measurement-request.ts';
import type { ResolvedPlan } from '../src/plans/plan.schema.ts';
import type { Run } from '../src/results/journal.schema.ts';
import type { InventoryPlace } from './inventory-place.ts';

/** Everything that a measurement needs, read and checked. */
export interface MeasurementOrder {
  readonly request: MeasurementRequest;
  readonly plan: ResolvedPlan;
  /** Versions of the measuring tools by name. */
  readonly versions: Readonly<Record<string, string>>;
  readonly seed: number;
  /** Folder of the run. */
  readonly out: string;
  /** Where this machine keeps what belongs to no run, or only to this one while it lasts. */
  readonly folders: Folders;
  readonly topology: Topology;
  /** The opened machines of an inventory, which the run closes; null: all happens on this machine. */
  readonly inventory: InventoryPlace | null;
  /** The run in that folder that is to go on; null: the folder must not hold one. */
  readonly resumed: Run | null;
  /** How long to wait for the end of another run on this machine, seconds. */
  readonly waitSeconds?: number;
}
