import { resolve } from 'node:path';
import { ConfigurationError } from '../src/errors.ts';
import { examineMachine, type MachineReport } from '../src/hosts/examine-machine.ts';
import { listUnsupported } from '../src/hosts/list-unsupported.ts';
import { readBootId } from '../src/hosts/run-state.ts';
import { createLocalMachine } from '../src/machines/local.ts';
import { refuseChanges } from '../src/measurement/refuse-changes.ts';
import { embeddedTopology } from '../src/networks/embedded.ts';
import type { Unsupported } from '../src/plans/plan.schema.ts';
import { refuseLayers } from '../src/plans/refuse-layers.ts';
import { resolvePlan } from '../src/plans/resolve-plan.ts';
import { refuseMisfits } from '../src/profiles/checks.ts';
import { parseCpuList } from '../src/profiles/cpu-list.ts';
import type { MachineLimits } from '../src/profiles/parameter.ts';
import { loadRequest } from './load-request.ts';
import { type PlanOptions, parseSeed } from './plan-options.ts';
import { createRunFolder, readUnfinishedRun } from './run-folder.ts';
import type { MeasurementOrder } from './run-measurement.ts';
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
}

/** Reads and checks everything that a measurement needs; whatever is wrong is a `ConfigurationError`, with nothing started. */
export async function orderMeasurement(options: OrderOptions, { home }: Surroundings): Promise<MeasurementOrder> {
  const asked = parseSeed(options.seed);
  const resumed = options.resume ? await readUnfinishedRun(options.out) : null;
  const seed = options.seed === undefined ? (resumed?.header.seed ?? asked) : asked;
  const { plan: name, baseline, candidate } = options;
  const request = await loadRequest({ plan: name, baseline, candidate, overrides: options }, home);
  refuseLayers(request.plan, embeddedTopology.name);
  const machine = createLocalMachine();
  const report = await examineMachine(machine);
  const resolved = resolvePlan(request.plan, {
    regime: request.regime,
    unsupported: listUnsupported(report.capabilities),
  });
  // What the run left out when it began stays out; everything else it must still be able to do.
  const plan = resumed === null ? resolved : { ...resolved, unsupported: resumed.header.plan.unsupported };
  if (resumed !== null || !options.dropUnsupported) {
    refuseUnsupported(plan.name, listNew(resolved.unsupported, resumed?.header.plan.unsupported ?? []));
  }
  const limits = readLimits(await machine.readFile('/sys/devices/system/cpu/online'), report);
  for (const profile of [request.baseline, request.candidate]) refuseMisfits(profile, plan.layers, limits);
  const versions = Object.fromEntries(
    report.tools.flatMap(({ name, version }) => (version === null ? [] : [[name, version]])),
  );
  const order = { request, plan, versions, seed, resumed };
  if (resumed === null) return { ...order, out: await createRunFolder(options.out) };
  const bootId = await readBootId(machine);
  // Versions that only a prepared machine tells are compared once it is prepared.
  const known = { ...resumed.header.versions, tunegate: await tunegateVersion(home), ...versions };
  refuseChanges(options.out, resumed, { plan, profiles: request, seed, versions: known, bootId });
  return { ...order, out: resolve(options.out) };
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

function refuseUnsupported(name: string, unsupported: readonly Unsupported[]): void {
  if (unsupported.length === 0) return;
  const parts = unsupported.map(({ guest, attachment, test }) => [guest, attachment, test].filter(Boolean).join('/'));
  const reasons = [...new Set(unsupported.map(({ reason }) => reason))];
  throw new ConfigurationError(
    `this machine cannot measure ${parts.join(', ')} of plan ${name}: ${reasons.join('; ')}`,
  );
}

function readLimits(online: string | null, report: MachineReport): MachineLimits {
  return {
    cpus: parseCpuList(online?.trim() || `0-${report.system.cpus - 1}`),
    memoryBytes: (report.system.memoryKibibytes ?? 0) * 1024,
    network: embeddedTopology.network,
    takenAddresses: [embeddedTopology.clientAddress, embeddedTopology.bridgeAddress, embeddedTopology.wireAddress],
  };
}
