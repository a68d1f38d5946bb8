import { describe, expect, it } from 'vitest';
import { bootInto } from '../../../src/hosts/boot/boot-into.ts';
import { judgeBootability } from '../../../src/hosts/boot/judge-bootability.ts';
import type { Machine } from '../../../src/machines/machine.ts';
import { createFakeHost } from './fake-host.ts';
import { grubConfig } from './grub-texts.ts';

const power = { on: ['power', 'on'], off: ['power', 'off'], cycle: ['ipmitool', 'chassis', 'power', 'cycle'] };
const watchdog: readonly [string, string] = ['/sys/class/watchdog/watchdog0/identity', 'iTCO_wdt\n'];

interface Change {
  readonly files?: readonly (readonly [string, string | null])[];
  /** Answers by the first word of a command line that is to be another. */
  readonly answers?: Readonly<Record<string, { readonly exitCode?: number; readonly stdout?: string }>>;
}

function createHost({ files = [], answers = {} }: Change = {}): Machine {
  const fake = createFakeHost([]);
  for (const [path, text] of files) {
    if (text === null) fake.files.delete(path);
    else fake.files.set(path, text);
  }
  const run: Machine['run'] = async (command, options) => {
    const outcome = await fake.machine.run(command, options);
    return { ...outcome, ...(answers[command.program] ?? answers[`${command.program} ${command.args[0]}`] ?? {}) };
  };
  return { ...fake.machine, run };
}

async function judge(change: Change, help: Parameters<typeof judgeBootability>[1] = { power: null, console: null }) {
  const findings = await judgeBootability(createHost(change), help);
  return Object.fromEntries(findings.map(({ what, state, found }) => [what, `${state}: ${found}`]));
}

describe('judgeBootability', () => {
  it('finds everything on a host that is fit for it', async () => {
    expect(await judge({ files: [watchdog] }, { power, console: '/var/log/stock.console' })).toEqual({
      grub: 'fine: grub-reboot and grub-editenv are there',
      'one-shot boots': 'fine: grub.cfg boots next_entry once',
      'custom.cfg': 'fine: grub.cfg reads it',
      grubenv: 'fine: /boot/grub is ext4 on /dev/vda1',
      'default entry': 'fine: gnulinux-simple-1c2d: Debian GNU/Linux',
      'root file system': 'fine: root=UUID=1c2d',
      kernels: 'fine: 6.12.95+deb12-amd64, 6.12.95+deb12-rt-amd64',
      watchdog: 'fine: iTCO_wdt',
      power: 'fine: ipmitool chassis power cycle',
      console: 'fine: /var/log/stock.console',
    });
  });

  it.each<[string, Change, string, string]>([
    [
      'no GRUB',
      { files: [['/boot/grub/grub.cfg', null]] },
      'grub',
      'missing: stock has no /boot/grub/grub.cfg, a host that boots by GRUB is accepted',
    ],
    ['no tool', { answers: { which: { exitCode: 1 } } }, 'grub', 'missing: no grub-reboot, grub-editenv, systemctl'],
    [
      'a menu by hand',
      { files: [['/boot/grub/grub.cfg', grubConfig.replaceAll('next_entry', 'other')]] },
      'one-shot boots',
      'missing: grub.cfg does not look at next_entry',
    ],
    [
      'a commented source line',
      { files: [['/boot/grub/grub.cfg', grubConfig.replaceAll('source', '# source')]] },
      'custom.cfg',
      'missing: grub.cfg does not read it',
    ],
    [
      'LVM',
      { answers: { findmnt: { stdout: 'ext4 /dev/mapper/vg-boot\n' } } },
      'grubenv',
      'missing: /boot/grub is ext4 on /dev/mapper/vg-boot, where GRUB cannot write',
    ],
    [
      'RAID',
      { answers: { findmnt: { stdout: 'ext4 /dev/md0\n' } } },
      'grubenv',
      'missing: /boot/grub is ext4 on /dev/md0, where GRUB cannot write',
    ],
    [
      'btrfs',
      { answers: { findmnt: { stdout: 'btrfs /dev/sda2[/@]\n' } } },
      'grubenv',
      'missing: /boot/grub is btrfs on /dev/sda2[/@], where GRUB cannot write',
    ],
    [
      'a default that is no entry',
      { files: [['/boot/grub/grubenv', 'saved_entry=gone\n']] },
      'default entry',
      'missing: the default entry of stock is "gone", which its GRUB menu does not have, one that it has is accepted',
    ],
    [
      'the firmware as default',
      { files: [['/boot/grub/grubenv', 'saved_entry=uefi-firmware\n']] },
      'default entry',
      'missing: "UEFI Firmware Settings" boots no Linux',
    ],
    [
      'a root by its device',
      { files: [['/boot/grub/grub.cfg', grubConfig.replaceAll('root=UUID=1c2d', 'root=/dev/sda1')]] },
      'root file system',
      'weak: root=/dev/sda1',
    ],
    [
      'no kernel',
      { answers: { ls: { stdout: 'vmlinuz-6.1\n' } } },
      'kernels',
      'missing: none in /boot with an initial RAM disk',
    ],
    ['no watchdog', {}, 'watchdog', 'weak: none'],
    [
      'a watchdog of software',
      { files: [[watchdog[0], 'Software Watchdog\n']] },
      'watchdog',
      'weak: Software Watchdog',
    ],
    ['no power', {}, 'power', 'weak: not in the inventory'],
  ])('notices %s', async (_, change, what, expected) => {
    expect((await judge(change))[what]).toBe(expected);
  });

  it('keeps a host that could not come back from being booted, and changes nothing', async () => {
    const machine = createHost({ answers: { findmnt: { stdout: 'btrfs /dev/sda2[/@]\n' } } });
    const host = { machine, controller: machine, power, console: null };
    await expect(bootInto(host, { kernel: null, words: [] })).rejects.toThrow(
      /^stock cannot be booted for one run: grubenv: \/boot\/grub is btrfs .* ext4, xfs or vfat on a partition/,
    );
    expect(await machine.readFile('/boot/grub/custom.cfg')).toBeNull();
  });
});
