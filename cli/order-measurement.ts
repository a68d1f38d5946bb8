import { resolve } from 'node:path';
import { closeFailed } from '../src/close-after.ts';
import { ConfigurationError } from '../src/errors.ts';
import { requireMemoryFolder } from '../src/guests/memory-folder.ts';
import { examineMachine, type MachineReport } from '../src/hosts/examine-machine.ts';
import { findFolders } from '../src/hosts/folders.ts';
import { listUnsupported } from '../src/hosts/list-unsupported.ts';
import { describeHost } from '../src/hosts/machine-id.ts';
import { readHostLimits } from '../src/hosts/read-host-limits.ts';
import { readBootId } from '../src/hosts/run-state.ts';
import { checkKernels } from '../src/kernels/prepare-kernels.ts';
import { createLocalMachine } from '../src/machines/local.ts';
import type { Machine } from '../src/machines/machine.ts';
import { refuseChanges } from '../src/measurement/refuse-changes.ts';
import { refuseUnbootable } from '../src/measurement/refuse-unbootable.ts';
import { embeddedTopology, machineLoopback } from '../src/networks/embedded.ts';
import type { Topology } from '../src/networks/topology.ts';
import type { Inventory } from '../src/plans/inventory.schema.ts';
import { listCombinations } from '../src/plans/matrix.ts';
import type { Plan, Unsupported } from '../src/plans/plan.schema.ts';
import { refuseAttachments } from '../src/plans/refuse-attachments.ts';
import { refuseLayers } from '../src/plans/refuse-layers.ts';
import { resolvePlan } from '../src/plans/resolve-plan.ts';
import { refuseMisfits } from '../src/profiles/checks.ts';
import { listGuestKernels } from '../src/profiles/list-guest-kernels.ts';
import type { Profile } from '../src/profiles/profile.schema.ts';
import { buildVirtualMachineSettings } from '../src/profiles/virtual-machine-checks.ts';
import type { Attachment } from '../src/vocabulary.ts';
import { type InventoryPlace, mapVersions, openInventoryPlace, readVersions } from './inventory-place.ts';
import { chooseHost } from './load-inventory.ts';
import { loadRequest } from './load-request.ts';
import type { MeasurementOrder } from './measurement-order.ts';
import { type PlanOptions, parseSeed } from './plan-options.ts';
import { createRunFolder, readUnfinishedRun } from './run-folder.ts';
import type { Surroundings } from './surroundings.ts';
import { tunegateVersion } from './version.ts';

export interface OrderOptions extends PlanOptions {
  /** Name or path. */
  readonly plan: string;
  readonly out: string;
  readonly seed?: string;
  /** true: what this machine cannot do is left out and said; false: it makes the request wrong. */
  readonly dropUnsupported: boolean;
  /** true: goes on with the run in `out`. */
  readonly resume: boolean;
  /** The machines of a lab, of which one host is measured; absent: this machine is. */
  readonly inventory?: Inventory;
  /** Name of that host, where there are several. */
  readonly machine?: string;
}

/** Reads and checks everything that a measurement needs; whatever is wrong is a `ConfigurationError`, with nothing started. */
export async function orderMeasurement(options: OrderOptions, surroundings: Surroundings): Promise<MeasurementOrder> {
  const { inventory, machine: name } = options;
  if (inventory === undefined) return orderOn(null, options, surroundings);
  const place = await openInventoryPlace(inventory, chooseHost(inventory, name));
  try {
    return await orderOn(place, options, surroundings);
  } catch (thrown) {
    throw await closeFailed(place.close, thrown);
  }
}

/** @param inventory the machines that are opened; null: this one */
async function orderOn(
  inventory: InventoryPlace | null,
  options: OrderOptions,
  { home, signal }: Surroundings,
): Promise<MeasurementOrder> {
  const askedSeed = parseSeed(options.seed);
  const resumed = options.resume ? await readUnfinishedRun(options.out) : null;
  const seed = options.seed === undefined ? (resumed?.header.seed ?? askedSeed) : askedSeed;
  const { plan: name, baseline, candidate } = options;
  const request = await loadRequest({ plan: name, baseline, candidate, overrides: options }, home);
  const machine = inventory?.machine ?? createLocalMachine();
  refuseLayers(request.plan, inventory?.topology.name ?? embeddedTopology.name);
  const report = await examineMachine(machine);
  const topology = inventory?.topology ?? chooseTopology(report);
  const unsupported = listUnsupported(report.capabilities);
  const asked = options.dropUnsupported ? addUserAttachment(request.plan, unsupported) : request.plan;
  const resolved = resolvePlan(asked, { regime: request.regime, unsupported });
  // What the run left out when it began stays out; everything else it must still be able to do.
  const plan = resumed === null ? resolved : { ...resolved, unsupported: resumed.header.plan.unsupported };
  if (resumed !== null || !options.dropUnsupported) {
    refuseUnsupported(machine.name, plan.name, listNew(resolved.unsupported, resumed?.header.plan.unsupported ?? []));
  }
  const limits = {
    ...(await readHostLimits(machine, signal)),
    network: topology.network,
    takenAddresses: [topology.clientAddress, topology.bridgeAddress, topology.wireAddress],
  };
  for (const profile of [request.baseline, request.candidate]) {
    refuseMisfits(profile, plan.layers, limits);
    refuseAttachments(plan, profile);
  }
  if (plan.layers.includes('host-boot')) {
    await refuseUnbootable(machine, [request.baseline, request.candidate], signal);
  }
  const versions =
    inventory === null ? mapVersions(report.tools) : await readVersions({ place: inventory, report, plan });
  const folders = inventory?.folders.host ?? (await findFolders(machine));
  const place = { folders, topology, inventory };
  if (listCombinations(plan).some(({ guest }) => guest === 'qemu')) {
    const kernels = listGuestKernels([request.baseline, request.candidate], plan.layers);
    await checkKernels(machine, place.folders.cache, kernels, signal);
    await checkMemoryFolders(machine, plan, [request.baseline, request.candidate]);
  }
  const order = { request, plan, versions, seed, resumed, ...place };
  if (resumed === null) return { ...order, out: await createRunFolder(options.out) };
  const bootId = await readBootId(machine);
  const host = inventory === null ? {} : { host: await describeHost(machine) };
  // Versions that only a prepared machine tells are compared once it is prepared.
  const known = { ...resumed.header.versions, tunegate: await tunegateVersion(home), ...versions };
  refuseChanges(options.out, resumed, { plan, profiles: request, seed, versions: known, bootId, ...host });
  return { ...order, out: resolve(options.out) };
}

async function checkMemoryFolders(machine: Machine, { layers }: Plan, profiles: readonly Profile[]): Promise<void> {
  for (const { parameters } of profiles) {
    await requireMemoryFolder(machine, buildVirtualMachineSettings(parameters, layers).memory.path);
  }
}

/** Without namespaces all that is left is the machine's own loopback. */
function chooseTopology({ facilities }: MachineReport): Topology {
  const hasNamespaces = facilities.some(({ name, available }) => name === 'namespaces' && available);
  return hasNamespaces ? embeddedTopology : machineLoopback;
}

/** Virtual machines that no attachment of the plan brings to the wire here are measured over `user` where they can be. */
export function addUserAttachment(plan: Plan, unsupported: readonly Unsupported[]): Plan {
  const lacks = (attachment: Attachment) =>
    unsupported.some((entry) => entry.guest === 'qemu' && entry.attachment === attachment && entry.test === null);
  if (!plan.guests.includes('qemu') || !plan.attachments.every(lacks) || lacks('user')) return plan;
  return { ...plan, attachments: [...plan.attachments, 'user'] };
}

function listNew(found: readonly Unsupported[], known: readonly Unsupported[]): readonly Unsupported[] {
  return found.filter(
    ({ guest, attachment, test }) =>
      !known.some(
        (entry) =>
          entry.guest === guest && entry.attachment === attachment && (entry.test === null || entry.test === test),
      ),
  );
}

function refuseUnsupported(machine: string, name: string, unsupported: readonly Unsupported[]): void {
  if (unsupported.length === 0) return;
  const parts = unsupported.map(({ guest, attachment, test }) => [guest, attachment, test].filter(Boolean).join('/'));
  const reasons = [...new Set(unsupported.map(({ reason }) => reason))];
  throw new ConfigurationError(
    `${machine === 'local' ? 'this machine' : machine} cannot measure ${parts.join(', ')} of plan ${name}: ${reasons.join('; ')}`,
  );
}
