import { join } from 'node:path';
import { readMarker } from '../src/hosts/boot/reboot.ts';
import { findFolders } from '../src/hosts/folders.ts';
import { readBootId } from '../src/hosts/run-state.ts';
import { createLocalMachine } from '../src/machines/local.ts';
import type { Watch } from '../src/measurement/events.ts';
import { createProver } from '../src/measurement/host-prover.ts';
import { HostSession } from '../src/measurement/host-session.ts';
import { describeTreatment, type HostSteps, type HostTreatment } from '../src/measurement/host-steps.ts';
import { createInventorySteps, refuseOwnTreatment } from '../src/measurement/inventory-steps.ts';
import { lockInventory } from '../src/measurement/lock-inventory.ts';
import { prepareInventory, removeEarlier } from '../src/measurement/prepare-inventory.ts';
import { lockMachine, prepareMachine } from '../src/measurement/prepare-machine.ts';
import { listCombinations } from '../src/plans/matrix.ts';
import { buildDaemonArguments } from '../src/profiles/daemon-arguments.ts';
import { listGuestCpus } from '../src/profiles/guest-cpus.ts';
import { listGuestKernels } from '../src/profiles/list-guest-kernels.ts';
import type { Side } from '../src/vocabulary.ts';
import type { InventoryPlace } from './inventory-place.ts';
import type { MeasurementOrder } from './measurement-order.ts';

/** The host of a run, this machine or one of an inventory, locked until it is closed. */
export interface OpenedHost {
  readonly session: HostSession;
  /** Versions that only running parts tell. */
  readonly versions: Readonly<Record<string, string>>;
  /** The machines as they were before. Idempotent. */
  close(): Promise<void>;
}

export interface Opening {
  /** Id of the run. */
  readonly run: string;
  readonly folder: string;
  readonly watch: Watch;
  readonly signal: AbortSignal;
}

interface Ground {
  readonly steps: HostSteps;
  readonly isElsewhere: boolean;
  readonly release: () => Promise<void>;
}

/** Locks, removes what a killed run left, and prepares the machines as they are: what cannot work at all is seen here. */
export async function openHost(order: MeasurementOrder, opening: Opening): Promise<OpenedHost> {
  const { plan, request, inventory } = order;
  const treatment = describeTreatment(plan.layers, request);
  const { steps, isElsewhere, release } =
    inventory === null ? await openHere(order, opening) : await openInventory(order, opening, inventory, treatment);
  const session = new HostSession(treatment, steps, { ...opening, isElsewhere });
  const close = () => session.close().finally(release);
  try {
    return { session, versions: await session.open('baseline'), close };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

function describeWork(order: MeasurementOrder, { run, folder, watch, signal }: Opening) {
  const { plan, request } = order;
  const profiles = [request.baseline, request.candidate];
  return {
    ...{ run, watch, signal },
    guests: [...new Set(listCombinations(plan).map(({ guest }) => guest))],
    guestCpus: listGuestCpus(profiles, plan.layers),
    kernels: listGuestKernels(profiles, plan.layers),
    logFolder: join(folder, 'logs'),
    pid: process.pid,
    waitSeconds: order.waitSeconds ?? 0,
    now: () => new Date(),
  };
}

function setDaemon({ plan, request }: MeasurementOrder, side: Side): readonly string[] {
  return buildDaemonArguments(request[side].parameters, plan.layers);
}

/** Nothing of this machine itself is switched, only the dockerd that is the run's own. */
async function openHere(order: MeasurementOrder, opening: Opening): Promise<Ground> {
  const { folders, topology } = order;
  const machine = createLocalMachine();
  const work = { ...describeWork(order, opening), machine, folders, topology };
  const release = await lockMachine(work);
  const refuse = async () => {
    throw new Error('a machine that measures itself is neither booted nor set');
  };
  const prover = createProver({
    ...{ machine, layers: order.plan.layers, profiles: order.request, signal: opening.signal },
    prepare: (side) => prepareMachine({ ...work, isLocked: true, daemonSettings: setDaemon(order, side) }),
  });
  const steps = { readBootId: () => readBootId(machine), boot: refuse, apply: refuse, takeBack: async () => {} };
  return { steps: { ...steps, ...prover }, isElsewhere: false, release };
}

async function openInventory(
  order: MeasurementOrder,
  opening: Opening,
  place: InventoryPlace,
  treatment: HostTreatment,
): Promise<Ground> {
  const { machine, controller, folders, network, host } = place;
  const work = { ...describeWork(order, opening), ...place };
  const lock = await lockInventory(work);
  try {
    const known = { machine, stateFolder: folders.host.state };
    await refuseOwnTreatment(known, treatment);
    // First the interface comes home, on which settings may have been changed that are put back next.
    await removeEarlier(work);
    const steps = createInventorySteps({
      ...{
        ...known,
        ...work,
        controller,
        nic: network.hostNic,
        power: host.power ?? null,
        console: host.console ?? null,
      },
      cacheFolder: (await findFolders(createLocalMachine())).cache,
      layers: order.plan.layers,
      profiles: order.request,
      prepare: async (side) => {
        const prepared = await prepareInventory({ ...work, daemonSettings: setDaemon(order, side) });
        return { ...prepared, keepAlive: lock.keepAlive };
      },
    });
    return { steps, isElsewhere: (await readMarker(machine)) !== null, release: lock.release };
  } catch (thrown) {
    await lock.release();
    throw thrown;
  }
}
