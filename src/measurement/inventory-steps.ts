import { ConfigurationError } from '../errors.ts';
import { bootInto } from '../hosts/boot/boot-into.ts';
import type { BootableHost } from '../hosts/boot/bootable-host.ts';
import { readBootId } from '../hosts/run-state.ts';
import { applyTreatment } from '../hosts/treatment/apply-treatment.ts';
import { findHostPlace } from '../hosts/treatment/find-host-place.ts';
import { restoreTreatment } from '../hosts/treatment/restore-treatment.ts';
import { readTreatment } from '../hosts/treatment/treatment-state.ts';
import { buildHostBoot } from '../profiles/boot-settings.ts';
import type { Profile } from '../profiles/profile.schema.ts';
import type { Layer, Side } from '../vocabulary.ts';
import { noteBootSeconds } from './boot-times.ts';
import type { Watch } from './events.ts';
import { createProver, type ProvenStage } from './host-prover.ts';
import type { HostSteps, HostTreatment } from './host-steps.ts';

/** What the steps of a host of an inventory are made of. */
export interface InventoryHost extends BootableHost {
  /** Folder on the host that keeps its treatment. */
  readonly stateFolder: string;
  /** Folder on the controller that keeps how long boots took. */
  readonly cacheFolder: string;
  /** Interface under test. */
  readonly nic: string;
  /** Id of the run. */
  readonly run: string;
  readonly layers: readonly Layer[];
  readonly profiles: Readonly<Record<Side, Profile>>;
  readonly prepare: (side: Side) => Promise<ProvenStage>;
  readonly watch: Watch;
  readonly signal: AbortSignal;
  readonly now: () => Date;
}

/** The real steps, each of which is a function of another room. */
export function createInventorySteps(host: InventoryHost): HostSteps {
  const { machine, profiles, layers, signal } = host;
  return {
    readBootId: () => readBootId(machine),
    boot: (into) => boot(host, into),
    apply: async (side) => {
      const place = await findHostPlace(machine, { name: host.nic, namespace: null });
      const request = { profile: profiles[side], layers, place, now: host.now(), run: host.run };
      await applyTreatment(machine, host.stateFolder, request, { signal });
    },
    takeBack: () => takeBack(host),
    ...createProver(host),
  };
}

/**
 * Not ended by an interruption: a host that is on its way answers from its old boot for some seconds, and then in an
 * entry that nobody waits for. It is waited for, so that it can be booted back.
 */
async function boot(host: InventoryHost, into: Side | 'default') {
  const { signal, watch, profiles, controller, machine } = host;
  const request = into === 'default' ? into : buildHostBoot(profiles[into].parameters);
  const say = (text: string) => watch({ kind: 'step', text });
  const tell = () => say(`interrupted; ${machine.name} is on its way, and is booted back as soon as it is up`);
  if (into !== 'default') signal.addEventListener('abort', tell, { once: true });
  try {
    const outcome = await bootInto(host, request, { say });
    const { seconds, entry } = outcome;
    if (seconds > 0 && entry === (into === 'default' ? 'default' : 'asked')) {
      await noteBootSeconds(controller, host.cacheFolder, machine.name, seconds);
    }
    return outcome;
  } finally {
    signal.removeEventListener('abort', tell);
  }
}

/** Only what runs have applied: what a person has stays. */
async function takeBack({ machine, stateFolder, watch }: InventoryHost): Promise<void> {
  const state = await readTreatment(machine, stateFolder);
  if (state === null || state.run === null) return;
  const { left } = await restoreTreatment(machine, stateFolder);
  for (const clause of left) watch({ kind: 'step', text: `warning: left as it is on ${machine.name}: ${clause}` });
}

/** Throws `ConfigurationError` where a person has applied a profile to a host whose settings the run would switch. */
export async function refuseOwnTreatment(
  { machine, stateFolder }: Pick<InventoryHost, 'machine' | 'stateFolder'>,
  { applies, boots }: HostTreatment,
): Promise<void> {
  const state = applies || boots ? await readTreatment(machine, stateFolder) : null;
  if (state === null || state.run !== null) return;
  throw new ConfigurationError(
    `profile ${state.profile.name} has been applied to ${machine.name} since ${state.appliedAt}, and a run that switches the host needs it as it was before; \`tunegate profile restore --machine ${machine.name} --inventory FILE\` puts that back`,
  );
}
