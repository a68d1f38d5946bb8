import { describe, expect, it } from 'vitest';
import {
  findDefaultChoice,
  findEntry,
  parseGrubEnvironment,
  parseGrubMenu,
} from '../../../src/hosts/boot/grub-menu.ts';
import { splitGrubLine } from '../../../src/hosts/boot/grub-words.ts';
import { grubConfig } from './grub-texts.ts';

describe('splitGrubLine', () => {
  it.each([
    ["menuentry 'Debian GNU/Linux' --id x {", ['menuentry', 'Debian GNU/Linux', '--id', 'x', '{']],
    ['\tlinux\t/boot/vmlinuz  root=UUID=1c2d', ['linux', '/boot/vmlinuz', 'root=UUID=1c2d']],
    ['linux /k dyndbg="file a +p" x', ['linux', '/k', 'dyndbg=file a +p', 'x']],
    ['linux /k a\\ b "c\\"d\\$e" f$g', ['linux', '/k', 'a b', 'c"d$e', 'f$g']],
    ["echo 'it'\\''s'", ['echo', "it's"]],
    ['   ', []],
  ])('%s', (line, values) => {
    expect(splitGrubLine(line).map(({ value }) => value)).toEqual(values);
  });

  it('keeps every word as it stands there, too', () => {
    expect(splitGrubLine('linux /k dyndbg="a b" $vt_handoff').map(({ raw }) => raw)).toEqual([
      ...['linux', '/k', 'dyndbg="a b"', '$vt_handoff'],
    ]);
  });
});

describe('parseGrubMenu', () => {
  const menu = parseGrubMenu(grubConfig);

  it('finds entries and submenus, and no function', () => {
    expect(menu.map(({ title, id, entries }) => [title, id, entries?.length ?? null])).toEqual([
      ['Debian GNU/Linux', 'gnulinux-simple-1c2d', null],
      ['Advanced options for Debian GNU/Linux', 'gnulinux-advanced-1c2d', 1],
      ['UEFI Firmware Settings', 'uefi-firmware', null],
    ]);
  });

  const realTime = 'gnulinux-6.12.95+deb12-rt-amd64-advanced-1c2d';
  it.each([
    ['0', 'gnulinux-simple-1c2d'],
    ['gnulinux-simple-1c2d', 'gnulinux-simple-1c2d'],
    ['Debian GNU/Linux', 'gnulinux-simple-1c2d'],
    ['1>0', realTime],
    [`gnulinux-advanced-1c2d>${realTime}`, realTime],
    ['1', realTime],
    ['2', 'uefi-firmware'],
    ['3', undefined],
    ['0>0', undefined],
    ['nothing', undefined],
  ])('default %s is entry %s', (choice, id) => {
    expect(findEntry(menu, choice)?.id).toBe(id);
  });
});

const savedDefault = `set default="\${saved_entry}"`;

describe('findDefaultChoice', () => {
  it.each([
    [grubConfig, { saved_entry: 'lab-tuned' }, 'lab-tuned'],
    [grubConfig, {}, '0'],
    [grubConfig.replace(savedDefault, 'set default="1>2"'), { saved_entry: 'x' }, '1>2'],
    [grubConfig.replace(savedDefault, "set default='lab-stock'"), {}, 'lab-stock'],
    ['', {}, '0'],
  ])('case %#', (config, variables, expected) => {
    expect(findDefaultChoice(config, new Map(Object.entries(variables)))).toBe(expected);
  });

  it('never takes the entry of the next boot for the default', () => {
    expect(findDefaultChoice(grubConfig, new Map([['next_entry', 'x']]))).toBe('0');
  });

  it('reads the environment block', () => {
    const block = `# GRUB Environment Block\nsaved_entry=a>b=c\nnext_entry=\n${'#'.repeat(900)}`;
    expect([...parseGrubEnvironment(block)]).toEqual([
      ['saved_entry', 'a>b=c'],
      ['next_entry', ''],
    ]);
  });
});
