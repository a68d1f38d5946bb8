import { collectKernelFacts } from '../hosts/facts.ts';
import type { Placement } from '../hosts/step-aside.ts';
import { type Command, inNamespace, type Machine } from '../machines/machine.ts';
import { collectLinkFacts, collectProtocolFacts } from '../networks/link-facts.ts';
import { collectNetfilterFacts } from '../networks/netfilter-facts.ts';
import { findClientPlace, type Topology, type WireEnds } from '../networks/topology.ts';
import type { Facts } from '../results/journal.schema.ts';
import type { Attachment } from '../vocabulary.ts';

/** The environment fingerprint of the host under test and of the client. */
export async function collectEnvironment(
  { machine, client: sender }: WireEnds,
  topology: Topology,
  attachment: Attachment,
  placement: Placement | null = null,
): Promise<{ host: Facts; client: Facts }> {
  const { clientNamespace, clientDevice } = findClientPlace(topology, attachment);
  const overWire = attachment !== 'user';
  const [kernel, clientKernel, host, netfilter, client] = await Promise.all([
    collectKernelFacts(machine),
    sender === machine ? null : collectKernelFacts(sender),
    overWire
      ? collectNamespaceFacts(machine, topology.hostNamespace, {
          // Where the wire was handed over it is the guest's, and among the guest's facts.
          ...(attachment === 'physical' ? {} : { [topology.hostDevice]: 'wire' }),
          [topology.bridge]: 'bridge',
        })
      : collectNamespaceFacts(machine, topology.loopbackNamespace, {}),
    overWire ? collectNetfilterFacts(machine, (command) => inNamespace(topology.hostNamespace, command)) : {},
    collectNamespaceFacts(sender, clientNamespace, { [clientDevice]: overWire ? 'wire' : 'loopback' }),
  ]);
  // Both ends of the embedded topology share one kernel; each says so for itself.
  return {
    host: { ...kernel, ...host, ...netfilter },
    client: { ...(clientKernel ?? kernel), ...client, 'placement.cpus': placement?.harness ?? 'all' },
  };
}

async function collectNamespaceFacts(
  machine: Machine,
  namespace: string | null,
  labels: Record<string, string>,
): Promise<Facts> {
  const enter = (command: Command) => inNamespace(namespace, command);
  const links = await Promise.all(
    Object.entries(labels).map(([device, label]) => collectLinkFacts(machine, enter, device, label)),
  );
  return Object.assign(await collectProtocolFacts(machine, enter), ...links);
}
