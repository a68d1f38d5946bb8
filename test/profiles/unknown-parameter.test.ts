import { describe, expect, it } from 'vitest';
import { catalogue } from '../../src/profiles/catalogue.ts';
import { describeUnknownParameter } from '../../src/profiles/unknown-parameter.ts';

describe('describeUnknownParameter', () => {
  it('names the one that was meant and those beside it', () => {
    expect(describeUnknownParameter('host.kvm.halt-pol-ns', catalogue)).toBe(
      'unknown parameter "host.kvm.halt-pol-ns" (did you mean "host.kvm.halt-poll-ns"?), accepted are host.kvm.halt-poll-ns, host.kvm.nx-huge-pages',
    );
  });

  it('names groups where those beside it are many', () => {
    const text = describeUnknownParameter('guest.qemu.colour', catalogue);
    expect(text).toContain('guest.qemu.kernel');
    expect(text).toContain('guest.qemu.memory.*');
    expect(text).not.toContain('guest.qemu.memory.lock');
  });

  it('names all layers where nothing is beside it', () => {
    expect(describeUnknownParameter('colour', catalogue)).toBe(
      'unknown parameter "colour", accepted are daemon.*, guest.*, host-boot.*, host.*',
    );
  });
});
