import { namespaceInode } from '../hosts/leftovers.ts';
import type { RunState } from '../hosts/run-state.ts';
import { addNamespace, change, hasLink, ip } from '../machines/ip.ts';
import type { Command } from '../machines/machine.ts';
import { UndoStack } from '../undo.ts';
import type { Topology, WireEnds } from './topology.ts';
import { forgetNeighbours, putWireBack, readWire, type WireState } from './wire-state.ts';

/** Name of the wire inside a guest. */
export const guestDevice = 'eth0';

/** Whom the host's end of the wire is given to, and as what it appears there. */
export interface NewOwner {
  /** Name of the namespace that receives it, made here. */
  readonly namespace: string;
  /** Process whose network namespace it is; null: a new one. */
  readonly pid: number | null;
  /** null: it keeps its own. */
  readonly mac: string | null;
  /** Without prefix. */
  readonly address: string;
}

/**
 * Attachment `physical`: the host's end of the wire leaves the bridge for the guest's namespace, which then has the
 * whole of it. The namespace is given a name first: a virtual device in a namespace that ends is destroyed with its
 * peer, and the name keeps it alive when the guest dies. Returns the way back to exactly what was before.
 */
export async function handOverWire(
  ends: WireEnds,
  topology: Topology,
  state: RunState,
  owner: NewOwner,
): Promise<() => Promise<void>> {
  const { machine, client } = ends;
  const before = await readWire(machine, topology);
  const undo = new UndoStack();
  try {
    await state.noteNamespace(owner.namespace, null);
    await change(machine, nameNamespace(owner));
    undo.push(`delete namespace ${owner.namespace}`, async () => {
      await change(machine, ip('netns', 'del', owner.namespace));
      await state.forgetNamespace(owner.namespace);
    });
    await state.noteNamespace(owner.namespace, await namespaceInode(machine, owner.namespace));
    undo.push('take the wire back', () => takeBack(ends, topology, owner.namespace, before));
    for (const command of buildHandOverCommands(topology, owner)) await change(machine, command);
    await change(client, forgetNeighbours(topology));
  } catch (thrown) {
    await undo.runAll();
    throw thrown;
  }
  return () => undo.runAll();
}

function nameNamespace({ namespace, pid }: NewOwner): Command {
  return pid === null ? addNamespace(namespace) : ip('netns', 'attach', namespace, String(pid));
}

export function buildHandOverCommands(topology: Topology, { namespace, mac, address }: NewOwner): Command[] {
  const { hostNamespace: host, hostDevice: wire, network } = topology;
  const prefix = network.slice(network.indexOf('/'));
  return [
    ip('-n', host, 'link', 'set', wire, 'down'),
    ip('-n', host, 'link', 'set', wire, 'nomaster'),
    ip('-n', host, 'link', 'set', wire, 'netns', namespace),
    ip('-n', namespace, 'link', 'set', wire, 'name', guestDevice),
    ...(mac === null ? [] : [ip('-n', namespace, 'link', 'set', guestDevice, 'address', mac)]),
    ip('-n', namespace, 'link', 'set', 'lo', 'up'),
    ip('-n', namespace, 'addr', 'add', `${address}${prefix}`, 'dev', guestDevice),
    ip('-n', namespace, 'link', 'set', guestDevice, 'up'),
  ];
}

/** Works from every point at which a hand-over may have stopped, and checks the outcome. */
async function takeBack(ends: WireEnds, topology: Topology, namespace: string, before: WireState): Promise<void> {
  const { machine } = ends;
  const { hostNamespace: host, hostDevice: wire } = topology;
  for (const device of [guestDevice, wire]) {
    if (!(await hasLink(machine, namespace, device))) continue;
    await change(machine, ip('-n', namespace, 'link', 'set', device, 'down'));
    await change(machine, ip('-n', namespace, 'addr', 'flush', 'dev', device));
    await change(machine, ip('-n', namespace, 'link', 'set', device, 'address', before.mac));
    if (device !== wire) await change(machine, ip('-n', namespace, 'link', 'set', device, 'name', wire));
    await change(machine, ip('-n', namespace, 'link', 'set', wire, 'netns', host));
  }
  await putWireBack(ends, topology, before);
}
