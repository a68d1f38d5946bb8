import { setTimeout as sleep } from 'node:timers/promises';
import type { Machine } from '../../machines/machine.ts';
import type { Inventory, InventoryMachine } from '../../plans/inventory.schema.ts';
import { type DoctorCheck, missing } from './check.ts';
import { type ExaminedMachine, examineMachineOfLab } from './examine-machine-of-lab.ts';
import { judgeController } from './judge-controller.ts';
import { judgePairs, type ReachedMachine } from './judge-pairs.ts';

export interface LabReport {
  readonly schema: 'tunegate.doctor/1';
  /** Whether nothing that measuring needs is missing. */
  readonly usable: boolean;
  readonly machines: readonly Omit<ExaminedMachine, 'readings'>[];
  /** What no machine can say alone. */
  readonly together: readonly DoctorCheck[];
}

export interface LabExamination {
  readonly inventory: Inventory;
  /** Opens a machine of the inventory by its name; whoever opens it closes it. */
  readonly open: (name: string) => Machine & { close(): Promise<void> };
  /** Where this program runs. */
  readonly controller: Machine;
  readonly signal: AbortSignal;
  /** For one machine; an emulated host takes a quarter of it. */
  readonly deadlineSeconds?: number;
}

/** Examines all machines of a lab at once: one that does not answer hides none of the others. */
export async function examineLab(examination: LabExamination): Promise<LabReport> {
  const { inventory, controller, signal } = examination;
  const entries = Object.entries(inventory.machines);
  const [examined, ownChecks] = await Promise.all([
    Promise.all(entries.map(([name, entry]) => examineInTime(examination, name, entry))),
    judgeController(controller, inventory),
  ]);
  signal.throwIfAborted();
  const machines = addController(examined, ownChecks);
  const together = judgePairs(examined.flatMap((machine) => toReached(inventory, machine)));
  const checks = [...machines.flatMap((machine) => machine.checks), ...together];
  return {
    schema: 'tunegate.doctor/1',
    usable: checks.every(({ state }) => state !== 'missing'),
    machines: machines.map(({ name, role, checks: own }) => ({ name, role, checks: own })),
    together,
  };
}

const usualDeadlineSeconds = 120;

async function examineInTime(
  { inventory, open, signal, deadlineSeconds = usualDeadlineSeconds }: LabExamination,
  name: string,
  entry: InventoryMachine,
): Promise<ExaminedMachine> {
  const machine = open(name);
  const over = new AbortController();
  const stop = AbortSignal.any([signal, over.signal]);
  const late = async (): Promise<ExaminedMachine> => {
    await sleep(deadlineSeconds * 1000, undefined, { signal: stop });
    const check = missing('examination', `it took longer than ${deadlineSeconds} s and was given up`);
    return { name, role: entry.role, checks: [check], readings: null };
  };
  const subject = { name, machine, entry, isEmulatedLab: inventory.topology === 'lab' };
  const work = examineMachineOfLab(subject, stop);
  const clock = late();
  // Whichever loses ends with the abort below, and nobody waits for it.
  work.catch(() => {});
  clock.catch(() => {});
  try {
    return await Promise.race([work, clock]);
  } catch (thrown) {
    // What an abort breaks off has words of its own for it.
    signal.throwIfAborted();
    throw thrown;
  } finally {
    over.abort(new Error('the examination is over'));
    await machine.close().catch(() => {});
  }
}

/** What concerns this machine stands with the controller, whether the inventory names one or not. */
function addController(
  examined: readonly ExaminedMachine[],
  checks: readonly DoctorCheck[],
): readonly ExaminedMachine[] {
  if (examined.some(({ role }) => role === 'controller')) {
    return examined.map((machine) =>
      machine.role === 'controller' ? { ...machine, checks: [...machine.checks, ...checks] } : machine,
    );
  }
  return [...examined, { name: 'this machine', role: 'controller', checks, readings: null }];
}

function toReached(inventory: Inventory, { name, role, readings }: ExaminedMachine): readonly ReachedMachine[] {
  if (readings === null) return [];
  const { nic, namespace = null } = inventory.machines[name] ?? {};
  return [{ name, role, nic: nic === undefined ? null : { name: nic, namespace }, readings }];
}
