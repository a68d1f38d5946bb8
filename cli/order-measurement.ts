import { ConfigurationError } from '../src/errors.ts';
import { examineMachine, type MachineReport } from '../src/hosts/examine-machine.ts';
import { listUnsupported } from '../src/hosts/list-unsupported.ts';
import { createLocalMachine } from '../src/machines/local.ts';
import { embeddedTopology } from '../src/networks/embedded.ts';
import type { ResolvedPlan } from '../src/plans/plan.schema.ts';
import { resolvePlan } from '../src/plans/resolve-plan.ts';
import { refuseMisfits } from '../src/profiles/checks.ts';
import { parseCpuList } from '../src/profiles/cpu-list.ts';
import type { MachineLimits } from '../src/profiles/parameter.ts';
import { loadRequest } from './load-request.ts';
import { type PlanOptions, parseSeed } from './plan-options.ts';
import { createRunFolder, type MeasurementOrder } from './run-measurement.ts';
import type { Surroundings } from './surroundings.ts';

export interface OrderOptions extends PlanOptions {
  /** Name or path. */
  readonly plan: string;
  readonly out: string;
  readonly seed?: string;
  /** true: what this machine cannot do is left out and said; false: it makes the request wrong. */
  readonly dropUnsupported: boolean;
}

/** Reads and checks everything that a measurement needs; whatever is wrong is a `ConfigurationError`, with nothing started. */
export async function orderMeasurement(options: OrderOptions, { home }: Surroundings): Promise<MeasurementOrder> {
  const seed = parseSeed(options.seed);
  const { plan: name, baseline, candidate } = options;
  const request = await loadRequest({ plan: name, baseline, candidate, overrides: options }, home);
  const machine = createLocalMachine();
  const report = await examineMachine(machine);
  const plan = resolvePlan(request.plan, {
    regime: request.regime,
    unsupported: listUnsupported(report.capabilities),
  });
  if (!options.dropUnsupported) refuseUnsupported(plan);
  const limits = readLimits(await machine.readFile('/sys/devices/system/cpu/online'), report);
  for (const profile of [request.baseline, request.candidate]) refuseMisfits(profile, plan.layers, limits);
  const versions = Object.fromEntries(
    report.tools.flatMap(({ name, version }) => (version === null ? [] : [[name, version]])),
  );
  return { request, plan, versions, seed, out: await createRunFolder(options.out) };
}

function refuseUnsupported({ name, unsupported }: ResolvedPlan): void {
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
