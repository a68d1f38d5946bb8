import { findHostPlace } from '../hosts/treatment/find-host-place.ts';
import { verifyTreatment } from '../hosts/treatment/verify-treatment.ts';
import type { Machine } from '../machines/machine.ts';
import type { Profile } from '../profiles/profile.schema.ts';
import type { Check } from '../results/journal.schema.ts';
import type { Layer, Side } from '../vocabulary.ts';
import type { PreparedStage } from './host-steps.ts';

/** What is prepared, with the private dockerd that runs in it; null: no guest needs one. */
export type ProvenStage = PreparedStage & { readonly dockerSocket: string | null };

export interface ProverOptions {
  readonly machine: Machine;
  readonly layers: readonly Layer[];
  readonly profiles: Readonly<Record<Side, Pick<Profile, 'parameters'>>>;
  readonly signal: AbortSignal;
  readonly prepare: (side: Side) => Promise<ProvenStage>;
}

/** Prepares, and reads back from what was prepared last: the interface under test is in its namespace then. */
export function createProver({ machine, layers, profiles, signal, prepare }: ProverOptions) {
  const hostLayers = layers.filter((layer) => layer !== 'guest');
  let stage: ProvenStage | null = null;
  return {
    prepare: async (side: Side): Promise<PreparedStage> => {
      stage = await prepare(side);
      return stage;
    },
    prove: async (side: Side): Promise<readonly Check[]> => {
      if (stage === null || hostLayers.length === 0) return [];
      const { topology, dockerSocket } = stage;
      const nic = { name: topology.hostDevice, namespace: topology.hostNamespace };
      const place = { ...(await findHostPlace(machine, nic)), dockerSocket };
      return verifyTreatment(machine, profiles[side].parameters, hostLayers, place, { signal });
    },
  };
}
