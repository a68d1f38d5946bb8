import { createHash } from 'node:crypto';
import { customizeScript, earlyTexts } from './image-texts.ts';

/**
 * The hosts are Debian 12 whatever the machine is, so that a lab is the same everywhere. Its backports have the kernel
 * that the shipped profiles name, stock and PREEMPT_RT.
 */
const release = 'bookworm';
const backports = `${release}-backports`;

/** The whole kernels, not those for clouds: these lack the drivers of the test NIC, the watchdog and the IOMMU. */
const kernelPackages = ['linux-image-amd64', 'linux-image-rt-amd64'];

const packages = [
  // The host itself.
  ...['systemd-sysv', 'udev', 'dbus', 'kmod', 'grub-pc', 'initramfs-tools', 'openssh-server', 'iproute2', 'procps'],
  ...['ethtool', 'pciutils', 'numactl', 'iputils-ping', 'rt-tests'],
  // What measuring installs on a machine (hosts/tools.ts); without QEMU, for a guest in an emulated host is no guest.
  ...['netperf', 'iperf3', 'iperf', 'docker.io', 'tini', 'busybox-static', 'iptables', 'lz4', 'xz-utils', 'zstd'],
];

/** Not worth their place on the disk; the modules of whole kinds of devices that QEMU does not emulate. */
const excluded = [
  ...['doc', 'man', 'locale', 'info', 'lintian'].map((name) => `/usr/share/${name}/*`),
  ...['gpu', 'media', 'infiniband', 'iio', 'staging', 'net/wireless', 'scsi', 'isdn', 'hwmon', 'mtd'].map(
    (name) => `/lib/modules/*/kernel/drivers/${name}/*`,
  ),
  '/lib/modules/*/kernel/sound/*',
];

/** The QEMU of the lab: 8.0 is the first with an SR-IOV capable NIC, 10.0.13 of Debian 13 one whose VFs work. */
const qemuRelease = 'trixie';
const qemuPackages = ['qemu-system-x86', 'qemu-utils', 'seabios', 'libc6'];

/** What mmdebstrap is asked for; paths of scripts are filled in by `image-commands.ts`. */
export const imageRecipe = {
  ...{ release, backports, packages, kernelPackages, excluded },
  components: 'main contrib non-free',
  /** Size of the disk, of which the image takes what it needs. */
  diskMebibytes: 6144,
} as const;

export const qemuRecipe = { release: qemuRelease, packages: qemuPackages } as const;

/** Same recipe, same name of a folder in the cache. */
export function hashRecipe(recipe: unknown): string {
  return createHash('sha256').update(JSON.stringify(recipe)).digest('hex').slice(0, 12);
}

/** Everything that decides what is in the image; newer versions of packages come when the cache is emptied. */
export const wholeImageRecipe = { imageRecipe, earlyTexts, customizeScript };
