import { describe, expect, it } from 'vitest';
import { chooseHostKernel, findHostKernel, isHostKernel } from '../../src/profiles/host-kernel.ts';

const installed = [
  ...['6.1.0-9-amd64', '6.1.0-56-amd64', '6.1.0-56-rt-amd64', '6.1.0-56-cloud-amd64'],
  ...['6.12.95+deb12-amd64', '6.12.95+deb12-rt-amd64', '6.12.9+deb12-rt-amd64', '6.8.0-31-generic'],
];

describe('findHostKernel', () => {
  it.each([
    ['debian-6.1', '6.1.0-56-amd64'],
    ['debian-6.1-rt', '6.1.0-56-rt-amd64'],
    ['debian-6.12', '6.12.95+deb12-amd64'],
    ['debian-6.12-rt', '6.12.95+deb12-rt-amd64'],
    ['debian-6.8', null],
    ['debian-6.16-rt', null],
    ['6.8.0-31-generic', '6.8.0-31-generic'],
    ['6.8.0-32-generic', null],
  ])('%s is %s', (name, release) => {
    expect(findHostKernel(name, installed)).toBe(release);
  });

  it('takes the cloud flavour where the ordinary one is not installed, and never for real time', () => {
    expect(findHostKernel('debian-6.1', ['6.1.0-56-cloud-amd64'])).toBe('6.1.0-56-cloud-amd64');
    expect(findHostKernel('debian-6.1-rt', ['6.1.0-56-cloud-amd64', '6.1.0-56-amd64'])).toBeNull();
  });

  it('names what is there, oldest first', () => {
    expect(() => chooseHostKernel('debian-6.16', installed.slice(0, 3), 'tuned')).toThrow(
      'host-boot.kernel is debian-6.16, but tuned has no such kernel in /boot, accepted is one of 6.1.0-9-amd64, 6.1.0-56-amd64, 6.1.0-56-rt-amd64',
    );
    expect(() => chooseHostKernel('debian-6.16', [], 'tuned')).toThrow('accepted is one of none');
  });
});

const stock = '#1 SMP PREEMPT_DYNAMIC Debian 6.12.95-1~bpo12+1 (2026-07-05)';
const realTime = '#1 SMP PREEMPT_RT Debian 6.12.95-1~bpo12+1 (2026-07-05)';

describe('isHostKernel', () => {
  it.each([
    ['debian-6.12-rt', '6.12.95+deb12-rt-amd64', realTime, true],
    ['debian-6.12-rt', '6.12.95+deb12-rt-amd64', stock, false],
    ['debian-6.12-rt', '6.12.95+deb12-amd64', stock, false],
    ['debian-6.12', '6.12.95+deb12-rt-amd64', realTime, false],
    ['debian-6.12', '6.12.95+deb12-amd64', stock, true],
    ['debian-6.1', '6.12.95+deb12-amd64', stock, false],
    ['debian-6.1', '6.1.0-56-cloud-amd64', stock, true],
    ['6.12.95+deb12-amd64', '6.12.95+deb12-amd64', stock, true],
    ['6.12.95+deb12-amd64', '6.12.96+deb12-amd64', stock, false],
  ])('%s, running %s %s: %s', (name, release, version, expected) => {
    expect(isHostKernel(name, release, version)).toBe(expected);
  });
});
