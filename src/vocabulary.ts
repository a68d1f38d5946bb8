/** The words of the product that more than one room uses (design, section 2). */

export const sides = ['baseline', 'candidate'] as const;
export type Side = (typeof sides)[number];

export const layers = ['host-boot', 'host', 'daemon', 'guest'] as const;
/** Where a parameter lives; `guest` covers QEMU arguments and `docker run` options as well. */
export type Layer = (typeof layers)[number];

export const guestKinds = ['docker', 'qemu', 'bare'] as const;
export type GuestKind = (typeof guestKinds)[number];

export const attachments = ['bridge', 'physical', 'vf', 'user'] as const;
export type Attachment = (typeof attachments)[number];

export const testNames = ['tcp_stream', 'tcp_rr', 'udp_stream', 'udp_rr', 'iperf_tcp', 'iperf_udp', 'ping'] as const;
export type TestName = (typeof testNames)[number];

export const accelerators = ['kvm', 'tcg'] as const;
export type Accelerator = (typeof accelerators)[number];

/** At which level the sides alternate; follows from what switching the changed parameters costs. */
export const regimes = ['sample', 'deployment', 'boot'] as const;
export type Regime = (typeof regimes)[number];

export const topologies = ['embedded', 'lab', 'inventory'] as const;
export type Topology = (typeof topologies)[number];
