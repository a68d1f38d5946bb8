import { describe, expect, it } from 'vitest';
import { dockerAddress, dockerMac } from '../../../src/profiles/parameters/docker-endpoint.ts';
import { createReadings } from '../docker-readings.ts';
import { limits } from '../machine-limits.ts';

const mac = '02:54:47:00:00:1a';

describe('guest.docker.mac', () => {
  it.each([
    ['02:54:47:00:00:1A', '02:54:47:00:00:1a'],
    ['00:1b:21:3c:4d:5e', '00:1b:21:3c:4d:5e'],
  ])('takes %j as %s', (written, canonical) => {
    expect(dockerMac.schema.parse(written)).toBe(canonical);
    expect(dockerMac.schema.parse(canonical)).toBe(canonical);
  });

  it.each([
    ['02:54:47:00:00', 'six pairs of hexadecimal digits joined by colons are accepted'],
    ['02-54-47-00-00-1a', 'six pairs of hexadecimal digits joined by colons are accepted'],
    ['02:54:47:00:00:1g', 'six pairs of hexadecimal digits joined by colons are accepted'],
    ['01:00:5e:00:00:01', 'a group address is no interface'],
    ['ff:ff:ff:ff:ff:ff', 'a group address is no interface'],
    ['00:00:00:00:00:00', 'the address of no interface'],
  ])('refuses %j', (written, reason) => {
    expect(dockerMac.schema.safeParse(written).error?.issues.map(({ message }) => message)).toEqual([reason]);
  });

  it('becomes an option of docker run, on every machine', () => {
    expect(dockerMac.docker?.arguments?.(mac, 'bridge')).toEqual(['--mac-address', mac]);
    expect(dockerMac.docker?.arguments?.(mac, 'physical')).toEqual([]);
    expect(dockerMac.misfit(mac, limits)).toBeNull();
  });

  it('is in force when the interface and the daemon both have it', () => {
    const link = { name: 'eth0', mac: mac.toUpperCase(), addresses: [] };
    expect(dockerMac.docker?.read(mac, createReadings({ link, endpoint: { mac, address: '' } }))).toEqual({
      found: `eth0 ${mac}, daemon ${mac}`,
      inForce: true,
    });
  });

  it('is read from the interface alone where the whole NIC was handed over', () => {
    const link = { name: 'eth0', mac, addresses: [] };
    expect(dockerMac.docker?.read(mac, createReadings({ link, endpoint: null }))).toEqual({
      found: `eth0 ${mac}`,
      inForce: true,
    });
    expect(dockerMac.docker?.read(mac, createReadings({ endpoint: null }))?.inForce).toBe(false);
  });

  it('is not in force in a container that was started without it', () => {
    expect(dockerMac.docker?.read(mac, createReadings())).toEqual({
      found: 'eth0 02:42:c6:12:00:03, daemon 02:42:c6:12:00:03',
      inForce: false,
    });
  });

  it('is not in force when only one of the two has it', () => {
    const link = { name: 'eth0', mac, addresses: [] };
    expect(dockerMac.docker?.read(mac, createReadings({ link }))?.inForce).toBe(false);
    expect(dockerMac.docker?.read(mac, createReadings({ endpoint: { mac, address: '' } }))?.inForce).toBe(false);
    expect(dockerMac.docker?.read(mac, createReadings({ link, endpoint: { mac: '', address: '' } }))?.found).toBe(
      `eth0 ${mac}, daemon none`,
    );
  });
});

describe('guest.docker.address', () => {
  it.each([['198.18.0.16'], ['10.0.0.1']])('takes %j', (written) => {
    expect(dockerAddress.schema.parse(written)).toBe(written);
  });

  it.each([['198.18.0'], ['198.18.0.256'], ['198.18.0.016'], ['198.18.0.16/24'], ['::1'], [198.18]])(
    'refuses %j',
    (written) => {
      expect(dockerAddress.schema.safeParse(written).success).toBe(false);
    },
  );

  it('becomes an option of docker run', () => {
    expect(dockerAddress.docker?.arguments?.('198.18.0.16', 'bridge')).toEqual(['--ip', '198.18.0.16']);
    expect(dockerAddress.docker?.arguments?.('198.18.0.16', 'physical')).toEqual([]);
  });

  it.each([
    ['198.18.0.16', null],
    ['198.18.0.254', null],
    ['198.18.1.16', 'it is outside the test network'],
    ['198.18.0.0', "it is the network's own or its broadcast address"],
    ['198.18.0.255', "it is the network's own or its broadcast address"],
    ['198.18.0.2', 'it is taken'],
  ])('%s: misfit %s', (address, reason) => {
    const accepted = 'accepted are the free addresses of 198.18.0.0/24 (taken: 198.18.0.1, 198.18.0.2)';
    expect(dockerAddress.misfit(address, limits)).toBe(reason === null ? null : `${reason}, ${accepted}`);
  });

  it('is in force when the interface and the daemon both have it', () => {
    const link = { name: 'eth0', mac, addresses: ['198.18.0.16/24'] };
    const readings = createReadings({ link, endpoint: { mac, address: '198.18.0.16' } });
    expect(dockerAddress.docker?.read('198.18.0.16', readings)).toEqual({
      found: 'eth0 198.18.0.16, daemon 198.18.0.16',
      inForce: true,
    });
  });

  it('is not in force where Docker gave another address, or none', () => {
    expect(dockerAddress.docker?.read('198.18.0.16', createReadings())).toEqual({
      found: 'eth0 198.18.0.3, daemon 198.18.0.3',
      inForce: false,
    });
    const link = { name: 'eth0', mac, addresses: [] };
    expect(dockerAddress.docker?.read('198.18.0.16', createReadings({ link, endpoint: { mac, address: '' } }))).toEqual(
      {
        found: 'eth0 without address, daemon none',
        inForce: false,
      },
    );
  });

  it('is not in force when only one of the two has it', () => {
    const link = { name: 'eth0', mac, addresses: ['198.18.0.16'] };
    expect(dockerAddress.docker?.read('198.18.0.16', createReadings({ link }))?.inForce).toBe(false);
    const endpoint = { mac, address: '198.18.0.16' };
    expect(dockerAddress.docker?.read('198.18.0.16', createReadings({ endpoint }))?.inForce).toBe(false);
  });
});
