import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { MeasurementError } from '../errors.ts';
import { type Command, inNamespace, type Machine } from '../machines/machine.ts';
import { parseCpuList } from '../profiles/cpu-list.ts';
import { nameCommand } from '../profiles/name-command.ts';
import type { QemuGuestReadings, QemuHostReadings, QemuReadings, QemuThreadReading } from '../profiles/qemu-part.ts';
import type { GuestReads } from '../profiles/virtual-machine-checks.ts';
import { withGuestChannel } from './guest-channel.ts';
import { nic } from './qemu-command.ts';
import {
  cpusSchema,
  machinesSchema,
  memoryBackendsSchema,
  memorySizeSchema,
  objectsSchema,
} from './qemu-monitor.schema.ts';
import type { Monitor } from './qemu-monitor.ts';
import { type AskableQemu, readThreads } from './qemu-threads.ts';

/** A running virtual machine, as far as reading it back needs to know it. */
export interface ReadableVirtualMachine extends AskableQemu {
  /** Network namespace of the host's end of its link, and the link. */
  readonly namespace: string | null;
  readonly device: string;
  /** Unix socket of the serial port by which the guest is asked. */
  readonly channel: string;
}

/** Reads a running virtual machine back from the host's kernel, from QEMU and, where `reads` names anything, from inside. */
export async function collectQemuReadings(
  machine: Machine,
  running: ReadableVirtualMachine,
  reads: GuestReads,
  signal: AbortSignal,
): Promise<QemuReadings> {
  const guest = await collectGuestReadings(machine, running.channel, reads, signal);
  return { host: await collectHostReadings(machine, running), guest };
}

async function collectGuestReadings(
  machine: Machine,
  socket: string,
  { files, commands }: GuestReads,
  signal: AbortSignal,
): Promise<QemuGuestReadings> {
  if (files.length + commands.length === 0) return { files: {}, outputs: {} };
  return withGuestChannel(machine, socket, signal, async (channel) => {
    const texts = await channel.readFiles(files);
    const outputs: [string, string | null][] = [];
    for (const command of commands) {
      const { exitCode, stdout } = await channel.run(command, { timeoutSeconds: 10 });
      outputs.push([nameCommand(command), exitCode === 0 ? stdout : null]);
    }
    return { files: texts, outputs: Object.fromEntries(outputs) };
  });
}

async function collectHostReadings(machine: Machine, running: ReadableVirtualMachine): Promise<QemuHostReadings> {
  const { pid, monitor, namespace, device } = running;
  const enter = (command: Command) => inNamespace(namespace, command);
  const [processStatus, numaMaps, threads, features, queueLength] = await Promise.all([
    machine.readFile(`/proc/${pid}/status`),
    machine.readFile(`/proc/${pid}/numa_maps`),
    readSettledThreads(machine, running),
    machine.run(enter({ program: 'ethtool', args: ['-k', device] }), { timeoutSeconds: 10 }),
    readQueueLength(machine, enter, device),
  ]);
  if (processStatus === null) throw new MeasurementError(`QEMU's process ${pid} has ended`);
  const { 'base-memory': memoryBytes } = await monitor.execute('query-memory-size-summary', memorySizeSchema);
  const [first] = await monitor.execute('query-cpus-fast', cpusSchema);
  if (first === undefined) throw new MeasurementError('QEMU says that the guest has no CPU');
  return {
    processStatus,
    numaMaps: numaMaps ?? '',
    threads,
    memoryBackends: (await monitor.execute('query-memdev', memoryBackendsSchema)).map((backend) => ({
      bytes: backend.size,
      prealloc: backend.prealloc,
      policy: backend.policy,
      hostNodes: backend['host-nodes'],
    })),
    memoryBytes,
    machine: await readMachineType(monitor),
    cpuType: await readProperty(monitor, first['qom-path'], 'type', z.string()),
    properties: await readProperties(monitor),
    features: features.stdout,
    queueLength,
  };
}

/** How long a virtual CPU may sleep before it is seen where it was moved: a guest that idles wakes now and then. */
const settleSeconds = 3;

/** Where a thread sleeps when it is moved, the kernel still names its old CPU until it runs again. */
async function readSettledThreads(machine: Machine, qemu: AskableQemu): Promise<QemuThreadReading[]> {
  const deadline = performance.now() + settleSeconds * 1000;
  for (;;) {
    const threads = await readThreads(machine, qemu);
    const vcpus = threads.filter(({ role }) => role === 'vcpu');
    const settled = vcpus.every(({ lastCpu, cpusAllowed }) => parseCpuList(cpusAllowed).includes(lastCpu));
    if (settled || performance.now() > deadline) return threads;
    await sleep(50);
  }
}

const linksSchema = z.array(z.looseObject({ txqlen: z.int().default(0) })).min(1);

async function readQueueLength(machine: Machine, enter: (command: Command) => Command, device: string) {
  const show = enter({ program: 'ip', args: ['-j', 'link', 'show', 'dev', device] });
  const [link] = linksSchema.parse(JSON.parse((await machine.run(show, { timeoutSeconds: 10 })).stdout));
  return link?.txqlen ?? 0;
}

async function readMachineType(monitor: Monitor): Promise<QemuHostReadings['machine']> {
  const type = (await readProperty(monitor, '/machine', 'type', z.string())).replace(/-machine$/, '');
  const machines = await monitor.execute('query-machines', machinesSchema);
  return { type, alias: machines.find(({ name }) => name === type)?.alias ?? null };
}

function readProperty<Value>(
  monitor: Monitor,
  path: string,
  property: string,
  schema: z.ZodType<Value>,
): Promise<Value> {
  return monitor.execute('qom-get', schema, { path, property });
}

/** What probes want to know of QEMU's objects, `name.property`; without one that this machine does not have. */
async function readProperties(monitor: Monitor): Promise<Record<string, unknown>> {
  const list = (path: string) => monitor.execute('qom-list', objectsSchema, { path });
  const pit = (await list('/machine/unattached')).find(({ type }) => type === 'child<kvm-pit>');
  const wanted = [
    { name: 'machine', path: '/machine', property: 'hpet' },
    { name: 'nic', path: `/machine/peripheral/${nic}`, property: 'mq' },
    ...(pit === undefined
      ? []
      : [{ name: 'kvm-pit', path: `/machine/unattached/${pit.name}`, property: 'lost_tick_policy' }]),
  ];
  const found: Record<string, unknown> = {};
  for (const { name, path, property } of wanted) {
    const has = (await list(path)).some((entry) => entry.name === property);
    if (has) found[`${name}.${property}`] = await readProperty(monitor, path, property, z.unknown());
  }
  return found;
}
