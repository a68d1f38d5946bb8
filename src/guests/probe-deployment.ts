import { MeasurementError } from '../errors.ts';
import { markProcess } from '../hosts/processes.ts';
import { readBootId } from '../hosts/run-state.ts';
import type { Machine } from '../machines/machine.ts';
import { checkDockerParameters } from '../profiles/checks.ts';
import type { Parameters } from '../profiles/list-settings.ts';
import { checkQemuParameters, listGuestReads } from '../profiles/virtual-machine-checks.ts';
import type { Check } from '../results/journal.schema.ts';
import type { Deployment, GuestHandle } from './deployment.schema.ts';
import { aimDocker } from './docker-daemon.ts';
import { collectDockerReadings } from './docker-readings.ts';
import { connectMonitor } from './qemu-monitor.ts';
import { collectQemuReadings } from './qemu-readings.ts';

/**
 * Reads back from a guest that another process runs what is in force of these parameters, by the probes of a run.
 * Throws a `MeasurementError` when the guest is gone.
 */
export async function probeDeployment(
  machine: Machine,
  deployment: Deployment,
  parameters: Parameters,
  signal: AbortSignal,
): Promise<Check[]> {
  await requireGuest(machine, deployment);
  const { guest, layers, attachment } = deployment;
  switch (guest.kind) {
    case 'docker': {
      const daemon = { docker: aimDocker(guest.dockerSocket) };
      const readings = await collectDockerReadings(machine, daemon, guest.container, guest.pid, attachment);
      return checkDockerParameters(parameters, layers, readings);
    }
    case 'qemu': {
      const reads = listGuestReads(parameters, layers);
      return checkQemuParameters(parameters, layers, await readVirtualMachine(machine, guest, reads, signal));
    }
  }
}

async function requireGuest(machine: Machine, { id, guest, startTicks, bootId }: Deployment): Promise<void> {
  const mark = await markProcess(machine, guest.pid);
  if (mark?.startTicks === startTicks && (await readBootId(machine)) === bootId) return;
  throw new MeasurementError(
    `guest ${id} (${guest.kind}, process ${guest.pid}) no longer runs on ${machine.name}, so nothing can be read back from it`,
  );
}

async function readVirtualMachine(
  machine: Machine,
  { monitor: socket, ...guest }: GuestHandle & { kind: 'qemu' },
  reads: ReturnType<typeof listGuestReads>,
  signal: AbortSignal,
) {
  const monitor = await connectMonitor({ machine, socket, deadlineSeconds: 2, hasEnded: () => false, signal });
  try {
    return await collectQemuReadings(machine, { ...guest, monitor }, reads, signal);
  } finally {
    monitor.close();
  }
}
