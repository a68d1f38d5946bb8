import { formatNumber } from '../units.ts';

/** What the wire's interface says of itself: the facts `driver.wire`, `speed.wire` and `mtu.wire` of the client. */
export interface Wire {
  readonly driver: string;
  /** bit/s; null: the interface names none. */
  readonly bitsPerSecond: number | null;
  /** Bytes. */
  readonly mtu: number;
}

/** What one datagram or segment carries, bytes. */
export type Payload = { readonly protocol: 'tcp' | 'udp'; readonly bytes: number };

/** Ethernet around an IP packet: header 14, checksum 4, preamble 8, gap 12 bytes (IEEE 802.3). */
const frameOverhead = 38;
const vlanTag = 4;
const ipHeader = 20;
const udpHeader = 8;

/**
 * Drivers of interfaces that no wire is plugged into. Many name a speed all the same: veth always says 10000 Mb/s, and
 * carried 6 to 17 Gbit/s in trials.
 */
const virtualDrivers = new Set([
  ...['veth', 'tun', 'tap', 'bridge', 'dummy', 'macvlan', 'macvtap', 'ipvlan', 'ifb', 'loopback', 'openvswitch'],
  ...['virtio_net', 'vmxnet3', 'xen_netfront', 'hv_netvsc', 'netdevsim'],
]);

/** Share of the ceiling from which on a figure is impossible, and from which on it is the wire that was measured. */
const impossibleShare = 1.005;
const lineRateShare = 0.99;

/**
 * Two frames of 91 bytes at 10 Gbit/s and two ways through 2 m of fibre take 0.165 microseconds, an echo request
 * 0.215. What a round trip takes beyond that is the work of hosts and interfaces, which is never nothing.
 */
const latencyFloorMicroseconds = 0.2;

/** Why no ceiling applies; null when the interface is hardware that names its speed. */
export function explainNoCeiling({ driver, bitsPerSecond }: Wire): string | null {
  if (virtualDrivers.has(driver)) {
    return `The path does not end in hardware (the client's interface is of the kind ${driver}), so no ceiling of a wire applies.`;
  }
  return bitsPerSecond === null ? "The client's interface names no speed, so no ceiling of a wire applies." : null;
}

/**
 * The most that can arrive over the wire, payload in bit/s: speed x payload / bytes on the wire. A TCP segment fills a
 * frame: MSS / (MTU + 38), with 1448 of 1538 bytes 94.15 %. A datagram that does not fit is cut into fragments, each with
 * a header of its own.
 */
export function computeCeiling(wire: { bitsPerSecond: number; mtu: number }, payload: Payload, tagged = false): number {
  const overhead = frameOverhead + (tagged ? vlanTag : 0);
  if (payload.protocol === 'tcp') return (wire.bitsPerSecond * payload.bytes) / (wire.mtu + overhead);
  const packetBytes = payload.bytes + udpHeader;
  // All fragments but the last carry a multiple of 8 bytes.
  const room = Math.floor((wire.mtu - ipHeader) / 8) * 8;
  const fragments = packetBytes + ipHeader <= wire.mtu ? 1 : Math.ceil(packetBytes / room);
  return (wire.bitsPerSecond * payload.bytes) / (packetBytes + fragments * (ipHeader + overhead));
}

/** What a throughput says about the way it took, as a sentence; null when there is nothing to say. */
export function judgeThroughput(side: string, bitsPerSecond: number, ceiling: number): string | null {
  const share = bitsPerSecond / ceiling;
  const shown = `${formatNumber(share * 100)} % of what the wire can carry`;
  if (share > impossibleShare) {
    return `Throughput of the ${side} reaches ${shown}: the traffic did not take the wire, or its speed is named wrongly.`;
  }
  return share >= lineRateShare ? `Throughput of the ${side} is line rate (${shown}): the wire is the limit.` : null;
}

/** What a round trip says that no wire and no host can do; null otherwise. */
export function judgeLatency(side: string, seconds: number): string | null {
  if (seconds * 1e6 >= latencyFloorMicroseconds) return null;
  return `A round trip of the ${side} took ${formatNumber(seconds * 1e6)} µs, less than ${latencyFloorMicroseconds} µs for the wire alone: the measurement is broken.`;
}
