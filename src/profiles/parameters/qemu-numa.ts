import * as z from 'zod';
import { formatCpuList, parseCpuList } from '../cpu-list.ts';
import { defineParameter } from '../define-parameter.ts';
import { findGuestMemory } from '../guest-memory.ts';
import { linuxList } from '../linux-list.ts';

export const qemuHostNodes = defineParameter<string>({
  name: 'guest.qemu.memory.host-nodes',
  layer: 'guest',
  summary: "NUMA nodes of the host from which the guest's memory comes.",
  schema: linuxList,
  accepted: 'a list of NUMA nodes such as 0, "0-1" or [0, 1]; bound to them unless the policy says otherwise',
  versions: 'host-nodes of a memory backend since QEMU 2.1, built with libnuma',
  replacedBy: null,
  switching: 'deployment',
  effect: { latency: 'better', bandwidth: 'better', jitter: 'better' },
  risk:
    'Good is the node of the virtual CPUs and of the NIC. Huge pages must be on that node, where they are made. Inert on ' +
    'a machine with one node.',
  source: 'QEMU system emulation manual, -object memory-backend-ram, host-nodes; numa_maps in proc(5)',
  changesFacts: [],
  misfit: (value, { nodes }) => {
    const missing = parseCpuList(value).filter((node) => !nodes.includes(node));
    return missing.length === 0
      ? null
      : `this machine has no NUMA node ${formatCpuList(missing)}, accepted are nodes of ${formatCpuList(nodes)}`;
  },
  probe: "/proc/PID/numa_maps, policy of the guest's memory and the nodes of its pages",
  qemu: {
    settings: (value) => ({ memory: { hostNodes: value } }),
    read: (value, { host }) => {
      const { policy, nodes } = findGuestMemory(host);
      const [, asked = ''] = policy.split(':');
      const wanted = parseCpuList(value);
      return {
        found: `policy ${policy}, pages on ${formatCpuList(nodes) || 'no node'}`,
        // A preferred node that is full is left for another, which is what the policy allows.
        inForce: asked === value && (policy.startsWith('prefer') || nodes.every((node) => wanted.includes(node))),
      };
    },
  },
});

const policies = ['default', 'preferred', 'bind', 'interleave'] as const;
type Policy = (typeof policies)[number];

/** As the kernel writes them. */
const words: Readonly<Record<Policy, RegExp>> = {
  default: /^default$/,
  preferred: /^prefer( \(many\))?:|^prefer$/,
  bind: /^bind[:=]/,
  interleave: /^interleave[:=]/,
};

export const qemuMemoryPolicy = defineParameter<Policy>({
  name: 'guest.qemu.memory.policy',
  layer: 'guest',
  summary: 'How strictly the guest gets its memory from those NUMA nodes.',
  schema: z.enum(policies),
  accepted: `${policies.join(', ')}; all but default need guest.qemu.memory.host-nodes`,
  versions: 'policy of a memory backend since QEMU 2.1',
  replacedBy: null,
  switching: 'deployment',
  effect: { latency: 'depends', bandwidth: 'depends', jitter: 'depends' },
  risk: 'bind ends in a failed start or a killed guest when the node is full; interleave spreads every access over the sockets.',
  source: 'QEMU system emulation manual, policy of memory backends; set_mempolicy(2)',
  changesFacts: [],
  misfit: () => null,
  probe: "/proc/PID/numa_maps, policy of the guest's memory",
  qemu: {
    settings: (value) => ({ memory: { policy: value } }),
    read: (value, { host }) => {
      const { policy } = findGuestMemory(host);
      return { found: policy, inForce: words[value].test(policy) };
    },
  },
});
