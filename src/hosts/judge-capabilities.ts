import type { Attachment, GuestKind, TestName } from '../vocabulary.ts';
import type { Facility, FacilityName } from './facilities.ts';
import type { ToolReading } from './tools.ts';

/** Something a plan can ask for, and whether this machine can do it. */
export type Capability = {
  readonly available: boolean;
  /** Why not; null when it is available. */
  readonly reason: string | null;
  /** How to get it; null when it is available. */
  readonly remedy: string | null;
} & (
  | { readonly kind: 'guest'; readonly name: GuestKind }
  | { readonly kind: 'attachment'; readonly name: Attachment }
  | { readonly kind: 'combination'; readonly name: CombinationName }
  | { readonly kind: 'test'; readonly name: TestName }
);

/** A guest over an attachment, where that needs more than the two of them. */
export type CombinationName = 'qemu/bridge' | 'qemu/physical';

interface Needs {
  readonly facilities: readonly FacilityName[];
  /** Names of tools. */
  readonly tools: readonly string[];
}

/** What each end of the wire needs for itself. */
export const wireTools: readonly string[] = ['ip', 'nsenter', 'unshare', 'ethtool', 'kill'];

const topology: Needs = {
  facilities: ['namespaces', 'veth', 'bridge'],
  tools: wireTools,
};

/** The servers of all tools start with every guest, whatever is measured. */
const servers = ['netserver', 'iperf3', 'iperf2'];

const guests = {
  docker: {
    facilities: ['root', ...topology.facilities, 'cgroups', 'overlay'],
    // The image takes netperf and busybox along.
    tools: [...topology.tools, ...servers, 'netperf', 'busybox', 'dockerd', 'docker', 'tini'],
  },
  qemu: {
    facilities: ['guest-kernel'],
    // The initramfs takes netperf and busybox along; the others unpack the kernel.
    tools: [...topology.tools, ...servers, 'netperf', 'busybox', 'qemu-system-x86_64', 'lz4', 'xz', 'zstd'],
  },
  bare: { facilities: topology.facilities, tools: [...topology.tools, ...servers] },
} as const satisfies Partial<Record<GuestKind, Needs>>;

const attachments = {
  bridge: topology,
  physical: topology,
  // In a namespace of its own where there are any, else on the machine's own loopback.
  user: { facilities: [], tools: topology.tools },
} as const satisfies Partial<Record<Attachment, Needs>>;

const combinations: Readonly<Record<CombinationName, Needs>> = {
  'qemu/bridge': { facilities: ['tun'], tools: [] },
  // The device node of a macvtap is root's.
  'qemu/physical': { facilities: ['root'], tools: [] },
};

const netperf: Needs = { facilities: [], tools: ['netperf', 'netserver'] };
const iperf: Needs = { facilities: [], tools: ['iperf3'] };
const tests: Readonly<Record<TestName, Needs>> = {
  tcp_stream: netperf,
  tcp_rr: netperf,
  udp_stream: netperf,
  udp_rr: netperf,
  iperf_tcp: iperf,
  iperf_udp: iperf,
  ping: { facilities: [], tools: ['ping'] },
};

/** What can run on a machine with these tools and facilities; a kind or attachment that does not exist yet is absent. */
export function judgeCapabilities(
  tools: readonly ToolReading[],
  facilities: readonly Facility[],
): readonly Capability[] {
  const judge = (needs: Needs) => judgeNeeds(needs, tools, facilities);
  return [
    ...entries(guests).map(([name, needs]) => ({ kind: 'guest' as const, name, ...judge(needs) })),
    ...entries(attachments).map(([name, needs]) => ({ kind: 'attachment' as const, name, ...judge(needs) })),
    ...entries(combinations).map(([name, needs]) => ({ kind: 'combination' as const, name, ...judge(needs) })),
    ...entries(tests).map(([name, needs]) => ({ kind: 'test' as const, name, ...judge(needs) })),
  ];
}

function judgeNeeds(needs: Needs, tools: readonly ToolReading[], facilities: readonly Facility[]) {
  const unavailable = facilities.filter(({ name, available }) => !available && needs.facilities.includes(name));
  // Without these the kernel refuses the others too, which says nothing about them.
  const first =
    unavailable.find(({ name }) => name === 'root') ?? unavailable.find(({ name }) => name === 'namespaces');
  const lacking = first === undefined ? unavailable : [first];
  const broken = tools.filter(({ name, problem }) => problem !== null && needs.tools.includes(name));
  if (lacking.length + broken.length === 0) return { available: true, reason: null, remedy: null };
  const reasons = [
    ...lacking.map(({ name, found }) => `${name}: ${found}`),
    ...broken.map(({ name, problem }) => `${name}: ${problem}`),
  ];
  const remedies = [...new Set(lacking.flatMap(({ remedy }) => remedy ?? [])), ...describePackages(broken)];
  return { available: false, reason: reasons.join('; '), remedy: remedies.join('; ') };
}

function describePackages(broken: readonly ToolReading[]): readonly string[] {
  const packages = [...new Set(broken.map((entry) => entry.packages.join(' or ')))].join(', ');
  return packages === '' ? [] : [`install ${packages} (\`npm run bench\` does)`];
}

function entries<Name extends string, Value>(table: Partial<Record<Name, Value>>): [Name, Value][] {
  return Object.entries(table) as [Name, Value][];
}
