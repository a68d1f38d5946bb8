import { describe, expect, it } from 'vitest';
import { listGuestCpus } from '../../src/profiles/guest-cpus.ts';

const profile = (parameters: Record<string, string | number | (string | number)[]>) => ({ parameters });

describe('listGuestCpus', () => {
  it('joins what either side gives to guests of either kind', () => {
    const profiles = [
      profile({ 'guest.docker.cpuset': '2-3', 'guest.docker.mac': '02:54:47:00:00:10' }),
      profile({ 'guest.qemu.vcpu.pin': [5, 3], 'guest.qemu.emulator.pin': 7, 'guest.qemu.vhost.pin': '6' }),
    ];
    expect(listGuestCpus(profiles, ['guest'])).toEqual([2, 3, 5, 6, 7]);
  });

  it('is empty where nothing pins, and where the run does not apply it', () => {
    expect(listGuestCpus([profile({}), profile({})], ['guest'])).toEqual([]);
    expect(listGuestCpus([profile({ 'guest.docker.cpuset': '1' })], ['host', 'daemon'])).toEqual([]);
  });
});
