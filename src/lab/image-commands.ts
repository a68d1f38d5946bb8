import type { Command } from '../machines/machine.ts';
import type { DebianMirrors } from './debian-mirrors.ts';
import { imageRecipe, qemuRecipe } from './image-recipe.ts';

/**
 * In mount and process namespaces of its own: what is mounted in the tree goes away with the command, however it ends,
 * and so does everything that it started.
 */
function enclosed({ program, args }: Command): Command {
  const namespaces = ['--mount', '--propagation', 'private', '--pid', '--fork', '--kill-child', '--mount-proc'];
  return { program: 'unshare', args: [...namespaces, program, ...args] };
}

const aptOptions = [
  '--aptopt=APT::Install-Recommends "false"',
  '--aptopt=Acquire::Languages "none"',
  '--aptopt=Acquire::Retries "3"',
];

/** Unpacks the lab's QEMU and the libraries that it needs; nothing is installed. */
export function buildQemuFolderCommand(folder: string, { archive }: DebianMirrors): Command {
  const { release, packages } = qemuRecipe;
  return enclosed({
    program: 'mmdebstrap',
    args: [
      ...['--mode=root', '--variant=extract', '--format=directory', ...aptOptions],
      ...[`--include=${packages.join(',')}`, release, folder, `deb ${archive} ${release} main`],
    ],
  });
}

/** Where `buildTreeCommand` finds what it copies and runs. */
export interface StageFiles {
  /** Tree of the files that must be there before packages are configured. */
  readonly early: string;
  /** `customizeScript`, executable. */
  readonly customize: string;
}

/** Installs the hosts' system into a folder. Hooks are programs or lines of shell in which `$1` is that folder. */
export function buildTreeCommand(folder: string, stage: StageFiles, mirrors: DebianMirrors): Command {
  const { release, backports, packages, kernelPackages, excluded, components } = imageRecipe;
  const kernels = `DEBIAN_FRONTEND=noninteractive chroot "$1" apt-get install --yes --quiet -t ${backports} ${kernelPackages.join(' ')}`;
  // GRUB is put on the disk later, when there is one.
  const noDevice = 'echo grub-pc grub-pc/install_devices_empty boolean true | chroot "$1" debconf-set-selections';
  return enclosed({
    program: 'mmdebstrap',
    args: [
      ...['--mode=root', '--variant=minbase', '--format=directory', `--components=${components}`, ...aptOptions],
      ...excluded.map((pattern) => `--dpkgopt=path-exclude=${pattern}`),
      `--include=${packages.join(',')}`,
      ...[`--essential-hook=${noDevice}`, `--essential-hook=copy-in ${stage.early}/etc /`],
      ...[`--customize-hook=${kernels}`, `--customize-hook=${stage.customize}`],
      ...[release, folder, ...listSources(mirrors)],
    ],
  });
}

function listSources({ archive, security }: DebianMirrors): readonly string[] {
  const { release, backports, components } = imageRecipe;
  return [
    `deb ${archive} ${release} ${components}`,
    `deb ${archive} ${release}-updates ${components}`,
    ...(security === null ? [] : [`deb ${security} ${release}-security ${components}`]),
    `deb ${archive} ${backports} main`,
  ];
}

/** Where the file system begins on the disk, bytes; before it is room for GRUB. */
const partitionOffset = 2 ** 20;

/** An empty file for a disk, a partition table for it, and a file system with the tree; no loop device is needed. */
export function buildDiskCommands(tree: string, disk: string): readonly (Command & { readonly input?: string })[] {
  const { diskMebibytes } = imageRecipe;
  const extended = `offset=${partitionOffset},lazy_itable_init=1,root_owner=0:0`;
  return [
    { program: 'truncate', args: ['--size', `${diskMebibytes}M`, disk] },
    { program: 'sfdisk', args: ['--quiet', disk], input: 'label: dos\nstart=2048, type=83, bootable\n' },
    // GRUB of Debian 12 reads no file system whose checksums have a seed of their own.
    {
      program: 'mkfs.ext4',
      args: [
        ...['-q', '-d', tree, '-E', extended, '-O', '^metadata_csum_seed'],
        ...[disk, `${diskMebibytes - partitionOffset / 2 ** 20}M`],
      ],
    },
  ];
}
