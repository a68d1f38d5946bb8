import { describe, expect, it } from 'vitest';
import { parseDriver, parseOffloads, parseSpeed } from '../../src/networks/link-facts.ts';

/** From `ethtool -k` 6.1 on a veth, shortened. */
const features = `Features for tgw0:
rx-checksumming: on
tx-checksumming: on
	tx-checksum-ipv4: off [fixed]
	tx-checksum-ip-generic: on
scatter-gather: on
	tx-scatter-gather: on
tcp-segmentation-offload: off
	tx-tcp-segmentation: on
generic-segmentation-offload: on
generic-receive-offload: off
large-receive-offload: off [fixed]
rx-vlan-offload: on
`;

describe('reading offloads', () => {
  it('takes the state of each feature, not of the features below it', () => {
    expect(parseOffloads(features, 'wire')).toEqual({
      'offload.wire.rx-checksumming': 'on',
      'offload.wire.tx-checksumming': 'on',
      'offload.wire.scatter-gather': 'on',
      'offload.wire.tcp-segmentation-offload': 'off',
      'offload.wire.generic-segmentation-offload': 'on',
      'offload.wire.generic-receive-offload': 'off',
      'offload.wire.large-receive-offload': 'off',
    });
  });

  it('says null of a feature that is not listed', () => {
    expect(Object.values(parseOffloads('', 'x'))).toEqual(Array(7).fill(null));
  });
});

describe('reading who drives the wire and how fast', () => {
  it('takes driver and speed as ethtool 6.1 prints them', () => {
    expect(parseDriver('driver: veth\nversion: 1.0\nbus-info: \n')).toEqual({ 'driver.wire': 'veth' });
    const settings = 'Settings for tgw0:\n\tSupported ports: [  ]\n\tSpeed: 10000Mb/s\n\tDuplex: Full\n';
    expect(parseSpeed(settings)).toEqual({ 'speed.wire': 1e10 });
  });

  it('is null where ethtool cannot tell', () => {
    expect(parseDriver('')).toEqual({ 'driver.wire': null });
    expect(parseSpeed('Settings for eth0:\n\tSpeed: Unknown!\n')).toEqual({ 'speed.wire': null });
  });
});
