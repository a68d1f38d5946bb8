import { CommandError, isConnectionLost, lastLines, messageOf } from '../../errors.ts';
import type { Machine } from '../../machines/machine.ts';
import type { InventoryMachine } from '../../plans/inventory.schema.ts';
import type { HostReadings } from '../../profiles/host-part.ts';
import { mapsOneUser } from '../privileges.ts';
import { listMissingTools, tools } from '../tools.ts';
import { collectHostReadings } from '../treatment/collect-readings.ts';
import { attention, type DoctorCheck, missing, ok } from './check.ts';
import { examineHost } from './examine-host.ts';
import { judgeNic } from './judge-nic.ts';
import { type ClockOffset, judgeClock, judgeServices } from './judge-services.ts';
import { judgeSystem } from './judge-system.ts';
import { fileOf, listMachineReads, machineCommands, machineFiles, outputOf } from './machine-reads.ts';

export interface ExaminedMachine {
  readonly name: string;
  readonly role: InventoryMachine['role'];
  readonly checks: readonly DoctorCheck[];
  /** What was read, for a comparison with other machines; null where it was not reached. */
  readonly readings: HostReadings | null;
}

export interface MachineUnderExamination {
  readonly name: string;
  readonly machine: Machine;
  readonly entry: InventoryMachine;
  readonly isEmulatedLab: boolean;
}

/** Everything about one machine; never throws but on an abort: what cannot be found out is a line of the checklist. */
export async function examineMachineOfLab(
  subject: MachineUnderExamination,
  signal: AbortSignal,
): Promise<ExaminedMachine> {
  const { name, entry } = subject;
  const reached = await judgeReach(subject, signal);
  if (reached.state === 'missing') return { name, role: entry.role, checks: [reached], readings: null };
  try {
    const { checks, readings } = await examineReached(subject, signal);
    return { name, role: entry.role, checks: [reached, ...checks], readings };
  } catch (thrown) {
    signal.throwIfAborted();
    const trouble = missing('examination', `it was cut short: ${describeTrouble(thrown)}`);
    return { name, role: entry.role, checks: [reached, trouble], readings: null };
  }
}

async function judgeReach({ machine, entry }: MachineUnderExamination, signal: AbortSignal): Promise<DoctorCheck> {
  if (entry.ssh === undefined) return ok('reachable', 'it is this machine');
  const { user, host, port } = entry.ssh;
  const place = `${user}@${host}${port === 22 ? '' : ` port ${port}`}`;
  try {
    await machine.run({ program: 'true', args: [] }, { timeoutSeconds: 30, signal });
    return ok('reachable', `${place} over ssh, with the host key of the inventory`);
  } catch (thrown) {
    signal.throwIfAborted();
    return missing('reachable', `${place} cannot be reached: ${describeTrouble(thrown)}`);
  }
}

async function examineReached({ name, machine, entry, isEmulatedLab }: MachineUnderExamination, signal: AbortSignal) {
  const namespace = entry.namespace ?? null;
  // One after the other: a machine that is asked everything at once answers nothing in time.
  const offset = entry.ssh === undefined ? null : await measureOffset(machine, signal);
  const readings = await collectHostReadings(machine, [listMachineReads(entry.nic ?? null, namespace)], signal);
  const wanting = await listMissingTools(machine, toolsOf(entry));
  const hostChecks = entry.role === 'host' ? await examineHost(machine, entry, signal) : [];
  const checks = [
    isRoot(readings)
      ? ok('root', 'commands run as root')
      : missing('root', 'commands run without root, which network and settings need; let the inventory name root'),
    ...judgeTools(entry, wanting),
    ...judgeNamespace(name, namespace, readings),
    ...judgeSystem(readings, isEmulatedLab),
    ...judgeClock(readings, offset),
    ...(entry.nic === undefined ? [] : judgeNic(name, { name: entry.nic, namespace }, readings, isEmulatedLab)),
    ...judgeServices(readings),
    ...(entry.role === 'client' ? judgeLeftovers(readings) : []),
    ...hostChecks,
  ];
  return { checks, readings };
}

function isRoot(readings: HostReadings): boolean {
  return outputOf(readings, machineCommands.user) === '0' && !mapsOneUser(fileOf(readings, machineFiles.userMap) ?? '');
}

/** Clients start the tools, hosts run what measures; the host's other needs are told by what it can run. */
const clientTools = ['netperf', 'iperf3', 'ping', 'ip', 'ethtool', 'nsenter'];
const hostTools = ['ip', 'ethtool', 'nsenter', 'unshare', 'kill'];

function toolsOf({ role }: InventoryMachine) {
  const names = role === 'host' ? hostTools : role === 'client' ? clientTools : ['ip'];
  return tools.filter(({ name }) => names.includes(name));
}

function judgeTools(entry: InventoryMachine, wanting: readonly string[]): readonly DoctorCheck[] {
  const wanted = toolsOf(entry);
  const packages = wanted.filter(({ name }) => wanting.includes(name)).map(({ packages: names }) => names.join(' or '));
  if (wanting.length === 0) return [ok('tools', `${wanted.map(({ name }) => name).join(', ')}`)];
  return [missing('tools', `no ${wanting.join(', ')}; install ${[...new Set(packages)].join(', ')}`)];
}

/** A namespace that the inventory names belongs to its owner, and is there before a run. */
function judgeNamespace(name: string, namespace: string | null, readings: HostReadings): readonly DoctorCheck[] {
  if (namespace === null) return [];
  const there = outputOf(readings, machineCommands.namespaces).split('\n').includes(namespace);
  if (there) return [ok('namespace', namespace)];
  return [missing('namespace', `machines.${name}.namespace is ${namespace}, and there is no such namespace`)];
}

function judgeLeftovers(readings: HostReadings): readonly DoctorCheck[] {
  if (fileOf(readings, machineFiles.runState) === null) return [ok('leftovers', 'none of an earlier run')];
  return [attention('leftovers', 'an earlier run ended without cleaning up; the next run removes what it left')];
}

/** The best of three: the shorter the way there and back, the less it hides. */
async function measureOffset(machine: Machine, signal: AbortSignal): Promise<ClockOffset | null> {
  const tries: ClockOffset[] = [];
  for (let count = 0; count < 3; count += 1) {
    const asked = Date.now();
    const command = { program: 'date', args: ['+%s.%N'] };
    const { stdout } = await machine.run(command, { timeoutSeconds: 30, signal });
    const answered = Date.now();
    const seconds = Number(stdout) - (asked + answered) / 2000;
    tries.push({ seconds, uncertaintySeconds: (answered - asked) / 2000 });
  }
  return tries.sort((left, right) => left.uncertaintySeconds - right.uncertaintySeconds)[0] ?? null;
}

/** Of a machine that was not reached only what ssh says of it, without the whole command line before that. */
function describeTrouble(thrown: unknown): string {
  if (!(thrown instanceof CommandError) || !isConnectionLost(thrown)) return messageOf(thrown);
  return lastLines(thrown.failure.stderr, 2) || messageOf(thrown);
}
