import type { GuestKindDriver } from '../guests/guest.ts';
import type { Placement } from '../hosts/step-aside.ts';
import type { Topology, WireEnds } from '../networks/topology.ts';
import type { ResolvedPlan } from '../plans/plan.schema.ts';
import type { Profile } from '../profiles/profile.schema.ts';
import type { Check } from '../results/journal.schema.ts';
import type { JournalWriter } from '../results/write-journal.ts';
import type { Side } from '../vocabulary.ts';
import type { Watch } from './events.ts';
import type { GuestLogs } from './guest-logs.ts';
import type { Windows } from './watched-places.ts';

/** What every deployment of a run has in common. */
export interface RunContext extends WireEnds {
  readonly topology: Topology;
  readonly plan: ResolvedPlan;
  readonly profiles: Readonly<Record<Side, Profile>>;
  readonly drivers: ReadonlyMap<string, GuestKindDriver>;
  /** null or absent: what measures runs on whatever CPU it likes. */
  readonly placement?: Placement | null;
  /** null or absent: the namespaces of client and host cannot be looked into. */
  readonly windows?: Windows | null;
  /** null or absent: what guests say is written into the folder of the run at once. */
  readonly logs?: GuestLogs | null;
  /** Reads back what is in force of the layers of the host. Absent: none of them is treated. */
  readonly proveHost?: () => Promise<readonly Check[]>;
  /** Called between samples: tells other machines that the run goes on. Absent: nobody needs to be told. */
  readonly keepAlive?: () => Promise<void>;
  /** Tool name to version. */
  readonly versions: Readonly<Record<string, string>>;
  readonly journal: JournalWriter;
  /** Folder of the run. */
  readonly folder: string;
  readonly watch: Watch;
  readonly signal: AbortSignal;
  readonly now: () => Date;
  /** Next position in the run, from 1, of a deployment or a sample. */
  readonly nextOrder: { deployment(): number; sample(): number };
}
