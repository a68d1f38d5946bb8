import { describe, expect, it } from 'vitest';
import { buildBootEntry, type EntryRequest } from '../../../src/hosts/boot/build-entry.ts';
import { replaceSection } from '../../../src/hosts/boot/custom-menu.ts';
import { type GrubEntry, parseGrubMenu } from '../../../src/hosts/boot/grub-menu.ts';
import { findInstalledKernels } from '../../../src/hosts/boot/installed-kernels.ts';
import { bootFolder, grubConfig } from './grub-texts.ts';

const [base, , firmware] = parseGrubMenu(grubConfig) as [GrubEntry, GrubEntry, GrubEntry];

function build(request: Partial<EntryRequest> = {}) {
  return buildBootEntry({
    ...{ base, release: null, words: [], replacedKeys: [], marker: 'abc', hasWatchdog: false },
    ...request,
  });
}

function linuxLine(request: Partial<EntryRequest>) {
  return build(request)
    .split('\n')
    .find((line) => line.startsWith('  linux'))
    ?.trim();
}

describe('buildBootEntry', () => {
  it('repeats how the default entry finds its disk, but not how it remembers itself', () => {
    expect(
      build({
        release: '6.12.95+deb12-rt-amd64',
        words: ['isolcpus=managed_irq,domain,1', 'hugepagesz=2M', 'hugepages=192'],
        replacedKeys: ['isolcpus', 'hugepages', 'hugepagesz'],
        hasWatchdog: true,
      }),
    ).toBe(`menuentry 'Tunegate abc' --id 'tunegate-abc' {
  load_video
  insmod gzio
  if [ x$grub_platform = xxen ]; then insmod xzio; insmod lzopio; fi
  insmod part_msdos
  insmod ext2
  search --no-floppy --fs-uuid --set=root 1c2d
  linux /boot/vmlinuz-6.12.95+deb12-rt-amd64 root=UUID=1c2d ro console=ttyS0,115200 quiet isolcpus=managed_irq,domain,1 hugepagesz=2M hugepages=192 panic=10 systemd.watchdog_sec=120 tunegate.boot=abc
  initrd /boot/initrd.img-6.12.95+deb12-rt-amd64
}`);
  });

  it('takes the words of the catalogue away where the side has none: stock on a host that idles tuned', () => {
    expect(linuxLine({ replacedKeys: ['isolcpus', 'hugepages'] })).toBe(
      'linux /boot/vmlinuz-6.12.95+deb12-amd64 root=UUID=1c2d ro console=ttyS0,115200 quiet panic=10 tunegate.boot=abc',
    );
  });

  it('leaves words that no parameter stands for, takes hyphen and underscore for the same, and says panic once', () => {
    const body = base.body.map((line) =>
      line.replace('quiet', 'panic=0 kvm.x=1 rcutree.nohz-full-patience-delay=7 a="b c"'),
    );
    const line = linuxLine({
      base: { ...base, body },
      words: ['rcutree.nohz_full_patience_delay=1000'],
      replacedKeys: ['isolcpus'],
    });
    expect(line).toContain(
      'ro console=ttyS0,115200 kvm.x=1 a="b c" hugepages=9 rcutree.nohz_full_patience_delay=1000 panic=10',
    );
  });

  it('finds kernel and RAM disk beside those of the default, under whatever path GRUB sees', () => {
    const body = ['linux /vmlinuz-6.12.95+deb12-amd64 ro', 'initrd /ucode.img /initrd.img-6.12.95+deb12-amd64'];
    expect(build({ base: { ...base, body }, release: '6.1.0-56-amd64' })).toContain(
      'linux /vmlinuz-6.1.0-56-amd64 ro panic=10 tunegate.boot=abc\n  initrd /ucode.img /initrd.img-6.1.0-56-amd64\n',
    );
    const links = ['linux /vmlinuz root=UUID=1c2d', 'initrd /initrd.img'];
    expect(build({ base: { ...base, body: links }, release: '6.1.0-56-amd64' })).toContain(
      'linux /vmlinuz-6.1.0-56-amd64 root=UUID=1c2d panic=10 tunegate.boot=abc\n  initrd /initrd.img-6.1.0-56-amd64\n',
    );
    expect(build({ base: { ...base, body: links } })).toContain('initrd /initrd.img\n');
  });

  it.each([' ', '"', "'", '$x', ';', '\n', '{', '\\', '`', '#', '&', '|', '<', '*', '\u00a0', 'é'])(
    'refuses a word with %j in it',
    (character) => {
      expect(() => build({ words: [`isolcpus=1${character}2`] })).toThrow('cannot stand in a boot entry');
    },
  );

  it('refuses a default entry that boots no Linux', () => {
    expect(() => build({ base: firmware })).toThrow(
      'the default entry "UEFI Firmware Settings" boots no Linux, one that does is accepted',
    );
  });
});

describe('replaceSection', () => {
  const owner = "# mine\nmenuentry 'mine' {\n}\n";

  it('keeps the lines of the owner, and what is ours only once', () => {
    const once = replaceSection(owner, 'ours');
    expect(once).toBe(`${owner}### BEGIN tunegate ###\nours\n### END tunegate ###\n`);
    expect(replaceSection(once, 'again')).toBe(`${owner}### BEGIN tunegate ###\nagain\n### END tunegate ###\n`);
    expect(replaceSection(once, null)).toBe(owner);
    expect(replaceSection(replaceSection('', 'ours'), null)).toBe('');
  });

  it('adds to a file without a line break at its end', () => {
    expect(replaceSection('mine', 'ours')).toBe('mine\n### BEGIN tunegate ###\nours\n### END tunegate ###\n');
  });

  it('takes a section away that was not written to its end', () => {
    expect(replaceSection(`${owner}### BEGIN tunegate ###\nmenuen`, null)).toBe(owner);
  });
});

describe('findInstalledKernels', () => {
  it('names those with an initial RAM disk', () => {
    expect(findInstalledKernels(bootFolder)).toEqual(['6.12.95+deb12-amd64', '6.12.95+deb12-rt-amd64']);
    expect(findInstalledKernels(['vmlinuz-6.9.1-200.fc40', 'initramfs-6.9.1-200.fc40.img', 'vmlinuz'])).toEqual([
      '6.9.1-200.fc40',
    ]);
  });
});
