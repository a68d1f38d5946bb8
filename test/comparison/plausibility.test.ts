import { describe, expect, it } from 'vitest';
import {
  computeCeiling,
  explainNoCeiling,
  judgeLatency,
  judgeThroughput,
  type Payload,
} from '../../src/comparison/plausibility.ts';

const tcp = (bytes: number): Payload => ({ protocol: 'tcp', bytes });
const udp = (bytes: number): Payload => ({ protocol: 'udp', bytes });
const megabits = (gigabits: number, mtu: number, payload: Payload, tagged = false) =>
  Math.round(computeCeiling({ bitsPerSecond: gigabits * 1e9, mtu }, payload, tagged) / 1e5) / 10;

describe('computeCeiling', () => {
  it.each([
    ['TCP without timestamps', tcp(1460), false, 949.3, 9492.8, 23_732.1],
    ['TCP as Linux sends it', tcp(1448), false, 941.5, 9414.8, 23_537.1],
    ['TCP with a VLAN tag', tcp(1448), true, 939, 9390.4, 23_476],
    ['TCP without timestamps with a VLAN tag', tcp(1460), true, 946.8, 9468.2, 23_670.6],
    ['TCP over IPv6 with timestamps', tcp(1428), false, 928.5, 9284.8, 23_212],
    ['TCP over IPv6 without', tcp(1440), false, 936.3, 9362.8, 23_407],
    ['a datagram that fills a frame', udp(1472), false, 957.1, 9570.9, 23_927.2],
    ['the largest datagram, 45 fragments', udp(65_507), false, 961.6, 9615.7, 24_039.3],
  ])('of %s at an MTU of 1500', (_, payload, tagged, one, ten, twentyFive) => {
    expect([1, 10, 25].map((speed) => megabits(speed, 1500, payload, tagged))).toEqual([one, ten, twentyFive]);
  });

  it.each([
    ['TCP as Linux sends it', tcp(8948), false, 9900.4],
    ['TCP without timestamps', tcp(8960), false, 9913.7],
    ['TCP with a VLAN tag', tcp(8948), true, 9896],
    ['a datagram that fills a frame', udp(8972), false, 9927],
  ])('of %s at an MTU of 9000 and 10 Gbit/s', (_, payload, tagged, ten) => {
    expect(megabits(10, 9000, payload, tagged)).toBe(ten);
  });

  it('of a datagram that needs one byte more than a frame is that of two frames', () => {
    expect(megabits(10, 1500, udp(1473))).toBe(Math.round((1e10 * 1473) / (1481 + 2 * 58) / 1e5) / 10);
  });
});

describe('explainNoCeiling', () => {
  it('is null for hardware that names its speed, and only then', () => {
    expect(explainNoCeiling({ driver: 'ixgbe', bitsPerSecond: 1e10, mtu: 1500 })).toBeNull();
    expect(explainNoCeiling({ driver: 'ixgbe', bitsPerSecond: null, mtu: 1500 })).toBe(
      "The client's interface names no speed, so no ceiling of a wire applies.",
    );
  });

  it.each(['veth', 'tun', 'virtio_net', 'bridge', 'dummy', 'macvlan'])(
    'has a sentence for %s, whatever speed it claims',
    (driver) => {
      expect(explainNoCeiling({ driver, bitsPerSecond: 1e10, mtu: 1500 })).toBe(
        `The path does not end in hardware (the client's interface is of the kind ${driver}), so no ceiling of a wire applies.`,
      );
    },
  );
});

describe('judgeThroughput', () => {
  const ceiling = computeCeiling({ bitsPerSecond: 1e10, mtu: 1500 }, tcp(1448));

  it('annotates from 99 % on, warns above 100.5 %', () => {
    expect(judgeThroughput('baseline', 0.9899 * ceiling, ceiling)).toBeNull();
    expect(judgeThroughput('baseline', 0.9901 * ceiling, ceiling)).toBe(
      'Throughput of the baseline is line rate (99.0 % of what the wire can carry): the wire is the limit.',
    );
    expect(judgeThroughput('candidate', 1.0049 * ceiling, ceiling)).toMatch(/ is line rate /);
    expect(judgeThroughput('candidate', 1.7 * ceiling, ceiling)).toBe(
      'Throughput of the candidate reaches 170 % of what the wire can carry: the traffic did not take the wire, or its speed is named wrongly.',
    );
  });
});

describe('judgeLatency', () => {
  it('refuses what no wire can do', () => {
    expect(judgeLatency('baseline', 2.01e-7)).toBeNull();
    expect(judgeLatency('baseline', 12e-6)).toBeNull();
    expect(judgeLatency('baseline', 1.9e-7)).toBe(
      'A round trip of the baseline took 0.190 µs, less than 0.2 µs for the wire alone: the measurement is broken.',
    );
  });
});
