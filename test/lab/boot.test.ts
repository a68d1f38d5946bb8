import { afterAll, beforeAll, expect, it } from 'vitest';
import { findMachine, loadInventory, openMachine } from '../../cli/load-inventory.ts';
import { readGrubState } from '../../src/hosts/boot/boot-files.ts';
import { type BootableHost, type BootOutcome, bootInto } from '../../src/hosts/boot/boot-into.ts';
import { judgeBootability } from '../../src/hosts/boot/judge-bootability.ts';
import { readHostLimits } from '../../src/hosts/read-host-limits.ts';
import { verifyTreatment } from '../../src/hosts/treatment/verify-treatment.ts';
import { labFolders } from '../../src/lab/lab.ts';
import { inventoryFile } from '../../src/lab/lab-up.ts';
import { createLocalMachine } from '../../src/machines/local.ts';
import type { SshMachine } from '../../src/machines/ssh.ts';
import { buildHostBoot, listBootKeys } from '../../src/profiles/boot-settings.ts';
import { refuseMisfits } from '../../src/profiles/checks.ts';
import type { Parameters } from '../../src/profiles/list-settings.ts';
import { describeWith } from '../requirements.ts';

/** A boot takes half a minute on a quiet machine and some minutes on a busy one. */
const deadlineSeconds = 240;
/** The same, where the entry that is asked for never answers, so that most of it is waited for nothing. */
const hopelessSeconds = 150;
const never = new AbortController().signal;
const place = { cpus: [0, 1, 2], nic: null, dockerSocket: null };

const tuned: Parameters = {
  'host-boot.kernel': 'debian-6.12-rt',
  'host-boot.isolcpus': '1',
  'host-boot.nohz_full': '1',
  'host-boot.rcu_nocbs': '1-2',
  'host-boot.rcu_nocb_poll': true,
  'host-boot.irqaffinity': '0,2',
  'host-boot.hugepages.page-size': '2MiB',
  'host-boot.hugepages.memory': '256MiB',
  'host-boot.iommu': true,
  'host-boot.skew_tick': true,
  'host-boot.audit': false,
  'host-boot.nosoftlockup': true,
  'host-boot.mitigations': 'off',
  'host-boot.transparent_hugepage': 'never',
  'host-boot.pcie_aspm': 'performance',
  'host-boot.rcu_normal_after_boot': true,
  'host-boot.config.PREEMPT_RT_FULL': 'y',
  'host-boot.config.NO_HZ_FULL': 'y',
};

/**
 * An emulated machine loses a timer now and then and hangs where it should have panicked; that ends in the default entry
 * too, but by another way than the one that is tested.
 */
const onceMore = { retry: 1 } as const;

describeWith(['lab'], 'a host of the lab that is booted', () => {
  let machine: SshMachine;
  let host: BootableHost;
  let choice: string | undefined;

  beforeAll(async () => {
    const inventory = await loadInventory(inventoryFile(labFolders.state), never);
    const { power = null, console = null } = findMachine(inventory, 'stock');
    machine = openMachine(inventory, 'stock');
    host = { machine, power, console, controller: createLocalMachine('controller') };
    await bootInto(host, 'default', { deadlineSeconds });
    choice = (await readGrubState(machine)).environment.get('saved_entry');
  });
  afterAll(async () => {
    await bootInto(host, 'default', { deadlineSeconds });
    await machine.close();
  });

  /** Words that a profile can never bring go past the catalogue here. */
  const bootWith = (words: readonly string[], seconds = deadlineSeconds) =>
    bootInto(host, { kernel: null, words }, { deadlineSeconds: seconds });
  const read = async (path: string) => (await machine.readFile(path))?.trim();
  const check = async (parameters: Parameters) => {
    const checks = await verifyTreatment(machine, parameters, ['host-boot'], place);
    return Object.fromEntries(checks.map(({ parameter, result, found }) => [parameter, `${result}: ${found}`]));
  };

  async function expectDefault({ entry, log, seconds }: BootOutcome, said: RegExp) {
    expect({ entry, log }).toEqual({ entry: 'default', log: expect.stringMatching(said) });
    expect(seconds).toBeLessThan(2 * deadlineSeconds + 120);
    expect(await read('/proc/cmdline')).not.toContain('tunegate');
    await expectTidy();
  }

  async function expectTidy() {
    const { environment, custom } = await readGrubState(machine);
    expect({ next: environment.get('next_entry') ?? '', saved: environment.get('saved_entry'), custom }).toEqual({
      ...{ next: '', saved: choice, custom: '' },
    });
  }

  it('has what booting into profiles needs', async () => {
    const findings = await judgeBootability(machine, host);
    expect(findings.filter(({ state }) => state !== 'fine')).toEqual([]);
    expect(findings.find(({ what }) => what === 'watchdog')?.found).toContain('6300ESB');
  });

  it('comes up as a profile asks, proves it, and goes back', onceMore, async () => {
    const before = await read('/proc/cmdline');
    const outcome = await bootInto(host, buildHostBoot(tuned), { deadlineSeconds });
    expect(outcome.entry).toBe('asked');
    expect(outcome.bootId).toBe(await read('/proc/sys/kernel/random/boot_id'));
    await expectTidy();
    const checks = await check(tuned);
    expect(Object.entries(checks).filter(([, text]) => !text.startsWith('verified: '))).toEqual([]);
    expect(Object.keys(checks)).toEqual(Object.keys(tuned));
    expect(await bootInto(host, 'default', { deadlineSeconds })).toMatchObject({ entry: 'default' });
    expect(await read('/proc/cmdline')).toBe(before);
    const after = await check(tuned);
    const still = Object.entries(after).filter(([, text]) => text.startsWith('verified: '));
    expect(still.map(([name]) => name)).toEqual(['host-boot.config.NO_HZ_FULL']);
  });

  it('shows on its command line what is not in force, and the probes tell', onceMore, async () => {
    const asked: Parameters = {
      'host-boot.isolcpus': '1-9',
      'host-boot.nohz_full': '1-9',
      'host-boot.rcu_nocbs': '9',
      'host-boot.preempt': 'none',
      'host-boot.hugepages.page-size': '1GiB',
      'host-boot.hugepages.memory': '8GiB',
      'host-boot.kthread_cpus': '0',
      'host-boot.irqaffinity': '2',
    };
    const words = buildHostBoot(asked).words.map((word) => word.replace('preempt=none', 'preempt=nonesuch'));
    expect((await bootWith(words)).entry).toBe('asked');
    const line = await read('/proc/cmdline');
    for (const word of words) expect(line).toContain(word);
    expect(await check(asked)).toEqual({
      'host-boot.isolcpus': expect.stringMatching(/^mismatch: no CPU; the kernel did not take .*isolcpus=/),
      'host-boot.nohz_full': expect.stringMatching(/^mismatch: no CPU/),
      'host-boot.rcu_nocbs': expect.stringMatching(/^mismatch: 0-2/),
      'host-boot.preempt': expect.stringMatching(/^mismatch: voluntary; the kernel did not take .*preempt=nonesuch/),
      'host-boot.hugepages.page-size': expect.stringMatching(
        /^mismatch: .*HugeTLB: allocating 8 of page size 1.00 GiB/,
      ),
      'host-boot.hugepages.memory': expect.stringMatching(/^mismatch: /),
      'host-boot.kthread_cpus': expect.stringMatching(/^mismatch: 0-2; the kernel did not take .*kthread_cpus=0/),
      'host-boot.irqaffinity': expect.stringMatching(/^mismatch: 0,2/),
    });
    expect((await bootInto(host, 'default', { deadlineSeconds })).entry).toBe('default');
  });

  it('is not asked for huge pages beyond its memory', async () => {
    const profile = { name: 'greedy', parameters: { 'host-boot.hugepages.memory': '64GiB' } };
    const limits = await readHostLimits(machine);
    expect(() => refuseMisfits(profile, ['host-boot'], limits)).toThrow(
      /needs a quarter of it itself, accepted is up to/,
    );
    const kernel = { name: 'newer', parameters: { 'host-boot.kernel': 'debian-9.9' } };
    expect(() => refuseMisfits(kernel, ['host-boot'], limits)).toThrow(/accepted is one of 6\.12\.\S+-amd64, 6\.12/);
  });

  it('ends in its default entry after a panic', onceMore, async () => {
    await expectDefault(await bootWith(['init=/bin/false']), /Kernel panic - not syncing: Attempted to kill init/);
  });

  it('ends in its default entry without its root file system', onceMore, async () => {
    const outcome = await bootWith(['root=UUID=00000000-0000-0000-0000-000000000000', 'rootdelay=3']);
    await expectDefault(outcome, /ALERT!\s+UUID=0+-0000-0000-0000-0+ does not exist/);
  });

  it("ends in its default entry without the NIC's driver, by a power cycle", async () => {
    await expectDefault(
      await bootWith(['module_blacklist=virtio_net'], hopelessSeconds),
      /Module virtio_net is blacklisted/,
    );
  });

  it('ends in its default entry when it hangs, by a power cycle', async () => {
    await expectDefault(await bootWith(['init=/usr/bin/cat'], hopelessSeconds), /\S/);
  });

  it('ends in its default entry when huge pages take all of its memory', async () => {
    await expectDefault(await bootWith(['hugepagesz=2M', 'hugepages=9999'], hopelessSeconds), /\S/);
  });

  it('knows every word that it must take away from an entry', () => {
    expect(listBootKeys()).toContain('isolcpus');
  });
});
