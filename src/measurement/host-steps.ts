import type { Profile } from '../profiles/profile.schema.ts';
import type { Check } from '../results/journal.schema.ts';
import type { Layer, Side } from '../vocabulary.ts';
import type { RunContext } from './run-context.ts';

/** What of a run's context is made anew whenever the host was switched. */
export type Stage = Pick<RunContext, 'topology' | 'drivers' | 'placement' | 'windows' | 'logs' | 'keepAlive'>;

/** The rest: what stays the same through a whole run. */
export type RunBase = Omit<RunContext, keyof Stage | 'proveHost'>;

/** Machines on which guests can be started; see `prepareMachine`. */
export interface PreparedStage extends Stage {
  /** Versions that only a running part tells. */
  readonly versions: Readonly<Record<string, string>>;
  /** Takes down everything that was made, the network interface back in the host's own network. Idempotent. */
  restore(): Promise<void>;
}

export interface SessionBoot {
  /** default: what was asked for did not come up, and the host fell back. */
  readonly entry: 'asked' | 'default';
  readonly bootId: string;
  readonly seconds: number;
  /** What the host said while it booted; null: nobody collects that. */
  readonly log: string | null;
}

/** What brings a host into the state of a side, and back. Each step belongs to another room; the session knows the order. */
export interface HostSteps {
  /** Of the host. Throws when it does not answer. */
  readBootId(): Promise<string>;
  /** Throws when the host comes up in no way. */
  boot(into: Side | 'default'): Promise<SessionBoot>;
  /** Changes the settings of the running host to those of the side. */
  apply(side: Side): Promise<void>;
  /** Puts back what `apply` found. Nothing to do is no failure: nothing was applied, or a boot has undone it. */
  takeBack(): Promise<void>;
  /** Builds the network, starts dockerd with the side's settings, makes the drivers. */
  prepare(side: Side): Promise<PreparedStage>;
  /** Reads back what is in force of the layers of the host. */
  prove(side: Side): Promise<readonly Check[]>;
}

/** What a run switches on its host. */
export interface HostTreatment {
  /** Whether the layer `host-boot` is treated. */
  readonly boots: boolean;
  /** Whether the layer `host` is. */
  readonly applies: boolean;
  /** Equal texts: nothing of the running host or its dockerd is switched between the sides. */
  readonly settings: Readonly<Record<Side, string>>;
}

export function describeTreatment(
  layers: readonly Layer[],
  profiles: Readonly<Record<Side, Pick<Profile, 'parameters'>>>,
): HostTreatment {
  const switched = layers.filter((layer) => layer === 'host' || layer === 'daemon');
  const describe = (side: Side) =>
    JSON.stringify(
      Object.entries(profiles[side].parameters)
        .filter(([name]) => switched.some((layer) => name.startsWith(`${layer}.`)))
        .sort(([left], [right]) => (left < right ? -1 : 1)),
    );
  return {
    boots: layers.includes('host-boot'),
    applies: layers.includes('host'),
    settings: { baseline: describe('baseline'), candidate: describe('candidate') },
  };
}
