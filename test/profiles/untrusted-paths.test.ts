import { describe, expect, it } from 'vitest';
import { catalogue } from '../../src/profiles/catalogue.ts';
import { listUntrustedPaths } from '../../src/profiles/untrusted-paths.ts';

const nobody = { profiles: [], paths: [] };
const withKernel = (kernel: string) => ({ name: 'mine', parameters: { 'guest.qemu.kernel': kernel } });
const withFolder = (folder: string) => ({ name: 'mine', parameters: { 'guest.qemu.memory.path': folder } });

describe('listUntrustedPaths', () => {
  it('refuses a kernel by path and a folder for memory, each in one sentence', () => {
    const profile = {
      name: 'mine',
      parameters: { ...withKernel('/boot/vmlinuz').parameters, ...withFolder('/etc').parameters },
    };
    expect(listUntrustedPaths(profile, nobody)).toEqual([
      'profile mine: guest.qemu.kernel names /boot/vmlinuz on the host, a pull request may only name a path that a profile of the default branch sets already, or that the workflow allows (host-paths of the action plan)',
      expect.stringContaining('guest.qemu.memory.path names /etc on the host'),
    ]);
  });

  it("accepts Debian's kernels by name, and everything that names no path", () => {
    const profile = { name: 'mine', parameters: { 'guest.qemu.kernel': 'debian-6.12-rt', 'guest.docker.cpuset': '1' } };
    expect(listUntrustedPaths(profile, nobody)).toEqual([]);
  });

  it('accepts a path that a profile of the default branch sets in the same parameter only', () => {
    const known = { profiles: [withFolder('/mnt/huge')], paths: [] };
    expect(listUntrustedPaths(withFolder('/mnt/huge'), known)).toEqual([]);
    expect(listUntrustedPaths(withFolder('/mnt/hugepages'), known)).toHaveLength(1);
    expect(listUntrustedPaths(withKernel('/mnt/huge'), known)).toHaveLength(1);
  });

  it('accepts exactly the paths that the workflow allows', () => {
    const allowed = { profiles: [], paths: ['/srv/kernels/6.12-own'] };
    expect(listUntrustedPaths(withKernel('/srv/kernels/6.12-own'), allowed)).toEqual([]);
    expect(listUntrustedPaths(withKernel('/srv/kernels/6.12-own2'), allowed)).toHaveLength(1);
  });

  it('knows every parameter of the catalogue that takes a path', () => {
    const takesPath = [...catalogue.values()].filter(({ schema }) => schema.safeParse('/srv/anything').success);
    expect(takesPath.map(({ name }) => name)).toEqual(['guest.qemu.kernel', 'guest.qemu.memory.path']);
    for (const { hostPath } of takesPath) expect(hostPath?.('/srv/anything')).toBe('/srv/anything');
  });
});
