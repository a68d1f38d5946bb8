/** Files of the disk that both emulated hosts are made from, by path. What a host is like is in `host-texts.ts`. */

/** Small and quick: the drivers of the emulated disk, and the watchdog, which has to be there before anything hangs. */
const initramfsModules = ['virtio_pci', 'virtio_blk', 'ext4', 'i6300esb'];

/** Written before any package is configured: kernels build their initramfs when they are installed. */
export const earlyTexts: Readonly<Record<string, string>> = {
  '/etc/initramfs-tools/conf.d/lab': 'MODULES=list\nCOMPRESS=lz4\n',
  '/etc/initramfs-tools/modules': initramfsModules.map((name) => `${name}\n`).join(''),
  '/etc/kernel-img.conf': 'do_symlinks = no\n',
};

/** Path of the program that prepares a disk: the first process of a boot that does nothing else. */
export const diskPreparer = '/usr/lib/tunegate-lab/prepare-disk';

/** The last words of a preparation that went through. */
export const preparedWords = 'tunegate: the disk is prepared';

const preparerText = `#!/bin/sh
# The second disk is a script. It has the machine for itself, and the machine ends with it.
mount -t proc proc /proc 2>/dev/null
mount -t sysfs sysfs /sys 2>/dev/null
mount -t devtmpfs dev /dev 2>/dev/null
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C
sh -e /dev/vdb && echo "${preparedWords}"
sync
mount -o remount,ro /
exec busybox poweroff -f
`;

/** A shell script that finishes the tree in the folder \`$1\`; it reads the program that prepares a disk from its input. */
export const customizeScript = `#!/bin/sh
set -e
mkdir -p "$1${diskPreparer.slice(0, diskPreparer.lastIndexOf('/'))}"
cat >"$1${diskPreparer}" <<'end of the program'
${preparerText}end of the program
chmod 755 "$1${diskPreparer}"
rm -f "$1"/etc/ssh/ssh_host_*
rm -rf "$1"/var/lib/apt/lists/* "$1"/var/cache/apt/* "$1"/usr/share/doc/* "$1"/usr/share/locale/* "$1"/usr/share/man/*
`;
