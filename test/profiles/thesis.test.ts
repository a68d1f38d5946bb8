import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../src/profiles/catalogue.ts';
import type { Parameter } from '../../src/profiles/parameter.ts';
import { resolveProfile } from '../../src/profiles/resolve-profile.ts';

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const resolveShipped = (profile: string) =>
  resolveProfile(profile, (name) => ({
    text: read(`runner-setup/profiles/${name}.yaml`),
    fileName: `${name}.yaml`,
  }));

/** Tables 3.1 to 3.3 and the Docker settings of the thesis, and where each stands in the profile that repeats them. */
const rows: readonly (readonly [string, string, string | number | boolean])[] = [
  ...['IKCONFIG', 'IKCONFIG_PROC', 'NO_HZ', 'NO_HZ_FULL', 'HIGH_RES_TIMERS', 'MCORE2', 'PREEMPT'].map(yes),
  ...['PREEMPT_RT_FULL', 'HZ_100', 'BRIDGE', 'INTEL_IOMMU', 'IOMMU_DEFAULT_ON', 'IRQ_REMAP'].map(yes),
  ...['KVM', 'KVM_INTEL', 'RCU_NOCB_CPU'].map(yes),
  ...['HZ_250', 'ACPI_DOCK', 'ACPI_PROCESSOR', 'CPU_FREQ', 'CPU_IDLE'].map(no),
  ['rcu_nocbs=1-4', 'host-boot.rcu_nocbs', '1-4'],
  ['rcu_nocb_poll=1', 'host-boot.rcu_nocb_poll', true],
  ['isolcpus=1-4', 'host-boot.isolcpus', '1-4'],
  ['hugepagesz=2M', 'host-boot.hugepages.page-size', '2MiB'],
  ['hugepages=4096', 'host-boot.hugepages.memory', '8GiB'],
  ['-realtime mlock=on', 'guest.qemu.memory.lock', 'on'],
  ['-mem-path /mnt/huge', 'guest.qemu.memory.path', '/mnt/huge'],
  ['-mem-prealloc', 'guest.qemu.memory.prealloc', true],
  ['--storage-driver=overlay', 'daemon.storage-driver', 'overlay'],
  ['192.168.42.240/28', 'daemon.address-pool', '192.168.42.240/28'],
  ['iptables in the path', 'daemon.iptables', true],
  ['fixed MAC', 'guest.docker.mac', '02:54:47:00:00:10'],
  ['-t', 'guest.docker.tty', true],
  ['taskset, containers', 'guest.docker.cpuset', '1-4'],
  ['taskset, virtual machines', 'guest.qemu.vcpu.pin', '1-4'],
];

function yes(symbol: string) {
  return [`${symbol}=y`, `host-boot.config.${symbol}`, 'y'] as const;
}

function no(symbol: string) {
  return [`${symbol}=n`, `host-boot.config.${symbol}`, 'n'] as const;
}

describe('profiles of the thesis', () => {
  it.each(rows)('%s is in thesis-tuned-literal as %s', async (_, parameter, value) => {
    expect((await resolveShipped('thesis-tuned-literal')).parameters[parameter]).toEqual(value);
  });

  it('thesis-tuned-literal has every row of the kernel configuration and no other', async () => {
    const { parameters } = await resolveShipped('thesis-tuned-literal');
    const symbols = Object.keys(parameters).filter((name) => name.startsWith('host-boot.config.'));
    expect(symbols.toSorted()).toEqual(
      rows
        .map(([, name]) => name)
        .filter((name) => name.startsWith('host-boot.config.'))
        .sort(),
    );
  });

  it('thesis-tuned asks for nothing that the catalogue says is replaced', async () => {
    const { parameters } = await resolveShipped('thesis-tuned');
    const replaced = Object.keys(parameters).filter(
      (name) =>
        name.startsWith('host-boot.config.') || name === 'host-boot.rcu_nocb_poll' || name === 'guest.qemu.memory.path',
    );
    expect(replaced).toEqual([]);
    expect(parameters['guest.docker.tty']).toBeUndefined();
    expect(parameters['daemon.storage-driver']).toBe('overlay2');
  });

  it('what takes the place of an obsolete row is in the catalogue', () => {
    const named = [...catalogue.values()].flatMap(({ replacedBy }: Parameter) => listNames(replacedBy ?? ''));
    expect(named.length).toBeGreaterThan(8);
    expect(named.filter((name) => !catalogue.has(name))).toEqual([]);
  });

  it('both sides run one version of the kernel, stock and real-time', async () => {
    const [stock, tuned] = [await resolveShipped('thesis-stock'), await resolveShipped('thesis-tuned')];
    for (const name of ['host-boot.kernel', 'guest.qemu.kernel']) {
      expect(tuned.parameters[name]).toBe(`${stock.parameters[name]}-rt`);
    }
  });
});

describe('docs/thesis.md', () => {
  const text = read('docs/thesis.md');

  it('names parameters, profiles and plans that exist', () => {
    const names = listNames(text.replace(/`[\w.-]+\*`/g, ''));
    expect(new Set(names).size).toBeGreaterThan(15);
    expect(names.filter((name) => !catalogue.has(name))).toEqual([]);
  });

  it('names every parameter of thesis-tuned', async () => {
    const { parameters } = await resolveShipped('thesis-tuned');
    expect(Object.keys(parameters).filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
  });
});

function listNames(text: string): string[] {
  return text.match(/\b(?:host-boot|host|daemon|guest)\.[a-z]+[\w.-]*\w/g) ?? [];
}
