import { describe, expect, it } from 'vitest';
import { parseOffloads } from '../../src/networks/link-facts.ts';

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
