import { describe, expect, it } from 'vitest';
import { appliesParameter } from '../../src/plans/applies-parameter.ts';

describe('appliesParameter', () => {
  it.each([
    ['guest.docker.cpuset', true],
    ['guest.qemu.vcpu.pin', false],
    ['host.cpu.governor', true],
    ['host-boot.isolcpus', false],
  ])('%s: %s', (parameter, applies) => {
    expect(appliesParameter({ layers: ['host', 'guest'], guests: ['docker', 'bare'] }, parameter)).toBe(applies);
  });
});
