import { MeasurementError } from '../errors.ts';
import { change, hasLink, ip } from '../machines/ip.ts';
import type { Command, Machine } from '../machines/machine.ts';
import { UndoStack } from '../undo.ts';
import type { Topology, WireEnds } from './topology.ts';
import { forgetNeighbours, putWireBack, readWire } from './wire-state.ts';

/** Link on top of the host's end of the wire. */
export const macvtapLink = 'tgmt0';

export interface Macvtap {
  /** Character device that QEMU opens. */
  readonly device: string;
  readonly undo: () => Promise<void>;
}

/**
 * Attachment `physical` of a virtual machine: a macvtap in passthru mode gives it the whole of the host's end of the
 * wire, which takes the guest's MAC while the macvtap lives and gets its own back. Nothing else may use the wire
 * meanwhile, so it leaves the bridge.
 */
export async function createMacvtap(
  ends: WireEnds,
  topology: Topology,
  parts: { readonly mac: string; readonly run: string; readonly folder: string },
): Promise<Macvtap> {
  const { machine, client } = ends;
  const before = await readWire(machine, topology);
  const device = `${parts.folder}/${macvtapLink}`;
  const undo = new UndoStack();
  try {
    undo.push('take the wire back', () => putWireBack(ends, topology, before));
    undo.push(`delete ${macvtapLink}`, () => deleteMacvtap(machine, topology, device));
    for (const command of buildMacvtapCommands(topology, parts)) await change(machine, command);
    await change(client, forgetNeighbours(topology));
    // A node of our own: those in /dev are named by interface numbers, which every namespace counts for itself.
    const [major = '', minor = ''] = await readDeviceNumber(machine, topology);
    await change(machine, { program: 'mknod', args: ['--mode=600', device, 'c', major, minor] });
  } catch (thrown) {
    await undo.runAll();
    throw thrown;
  }
  return { device, undo: () => undo.runAll() };
}

export function buildMacvtapCommands(topology: Topology, { mac, run: name }: { mac: string; run: string }): Command[] {
  const { hostNamespace: host, hostDevice: wire } = topology;
  return [
    ip('-n', host, 'link', 'set', wire, 'nomaster'),
    ip('-n', host, 'link', 'add', 'link', wire, 'name', macvtapLink, 'type', 'macvtap', 'mode', 'passthru'),
    ip('-n', host, 'link', 'set', macvtapLink, 'alias', `tunegate/${name}`),
    ip('-n', host, 'link', 'set', macvtapLink, 'address', mac, 'up'),
  ];
}

/** Read where `/sys` shows the namespace: `ip netns exec` mounts one, `nsenter` would show the machine's. */
async function readDeviceNumber(machine: Machine, { hostNamespace }: Topology): Promise<string[]> {
  const show = ['sh', '-c', 'cat /sys/class/net/"$0"/macvtap/tap*/dev', macvtapLink];
  const { stdout } = await machine.run(ip('netns', 'exec', hostNamespace, ...show), { timeoutSeconds: 5 });
  if (!/^\d+:\d+\s*$/.test(stdout))
    throw new MeasurementError(`${macvtapLink} has no character device: found "${stdout.trim()}"`);
  return stdout.trim().split(':');
}

async function deleteMacvtap(machine: Machine, { hostNamespace }: Topology, device: string): Promise<void> {
  await machine.run({ program: 'rm', args: ['-f', device] }, { timeoutSeconds: 5 });
  const remove = ip('-n', hostNamespace, 'link', 'delete', 'dev', macvtapLink);
  await machine.run(remove, { timeoutSeconds: 10, allowFailure: true });
  if (await hasLink(machine, hostNamespace, macvtapLink)) {
    throw new MeasurementError(`${macvtapLink} is still there after its removal`);
  }
}

/** Gives a command the device as an open file, which is how QEMU takes a macvtap. */
export function withOpenDevice(device: string, descriptor: number, { program, args }: Command): Command {
  const open = `device=$1; shift; exec "$@" ${descriptor}<>"$device"`;
  return { program: 'sh', args: ['-c', open, 'tunegate-open', device, program, ...args] };
}
