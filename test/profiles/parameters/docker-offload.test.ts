import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../src/profiles/catalogue.ts';
import { dockerOffloads } from '../../../src/profiles/parameters/docker-offload.ts';
import { createReadings } from '../docker-readings.ts';
import { limits } from '../machine-limits.ts';

/** What a veth says after scatter-gather was switched off alone: the line of the TCP group still says on. */
const features = `Features for eth0:
rx-checksumming: on
tx-checksumming: on
	tx-checksum-ipv4: off [fixed]
	tx-checksum-ip-generic: on
	tx-checksum-ipv6: off [fixed]
	tx-checksum-sctp: on
scatter-gather: off
	tx-scatter-gather: off
	tx-scatter-gather-fraglist: off
tcp-segmentation-offload: on
	tx-tcp-segmentation: off [requested on]
	tx-tcp-ecn-segmentation: off [requested on]
	tx-tcp-accecn-segmentation: on
generic-segmentation-offload: off [requested on]
generic-receive-offload: off
`;

const read = (name: string, value: boolean, text = features) =>
  catalogue.get(`guest.docker.offload.${name}`)?.docker?.read(value, createReadings({ features: text }));

describe('guest.docker.offload', () => {
  it.each([
    ['generic-receive', 'gro'],
    ['generic-segmentation', 'gso'],
    ['scatter-gather', 'sg'],
    ['tcp-segmentation', 'tso'],
    ['tx-checksumming', 'tx'],
  ])('%s is set by ethtool inside, and by nothing else', (name, option) => {
    const parameter = catalogue.get(`guest.docker.offload.${name}`);
    const container = { device: 'eth0', processes: [4711], realTimeBudgets: ['/budget'] };
    expect(parameter?.docker?.commands?.(false, container)).toEqual([
      { program: 'ethtool', args: ['-K', 'eth0', option, 'off'] },
    ]);
    expect(parameter?.docker?.commands?.(true, container)?.[0]?.args[3]).toBe('on');
    expect(parameter?.docker?.arguments?.(true, 'bridge')).toEqual([]);
    expect(parameter?.misfit(true, limits)).toBeNull();
    expect(parameter?.changesFacts[0]).toMatch(/^guest\.offload\.guest\./);
  });

  it.each([
    ['generic-receive', 'generic-receive-offload: off', false],
    ['generic-segmentation', 'generic-segmentation-offload: off [requested on]', false],
    ['scatter-gather', 'tx-scatter-gather: off', false],
    ['tcp-segmentation', 'tx-tcp-segmentation: off [requested on]', false],
    ['tx-checksumming', 'tx-checksum-ip-generic: on', true],
  ])('%s is what the kernel does, not what was requested', (name, found, state) => {
    expect(read(name, state)).toEqual({ found, inForce: true });
    expect(read(name, !state)).toEqual({ found, inForce: false });
  });

  it('takes the checksum that the device can do', () => {
    const text = '\ttx-checksum-ipv4: on\n\ttx-checksum-ip-generic: off [fixed]\n';
    expect(read('tx-checksumming', true, text)).toEqual({ found: 'tx-checksum-ipv4: on', inForce: true });
  });

  it('is not in force when nothing can be read', () => {
    expect(dockerOffloads.map((parameter) => parameter.docker?.read(false, createReadings())?.inForce)).toEqual(
      dockerOffloads.map(() => false),
    );
    expect(read('tcp-segmentation', false, '')?.found).toBe('no line tx-tcp-segmentation');
  });
});
