/**
 * Files of the emulated hosts' disk image, by path. Together with the packages they are what the image's hash is made
 * from.
 */

const wholeDisk = '/dev/vda';

/** Small and quick: the drivers of the emulated disk, and the watchdog, which has to be there before anything hangs. */
const initramfsModules = ['virtio_pci', 'virtio_blk', 'ext4', 'i6300esb'];

/** Written before any package is configured: kernels build their initramfs when they are installed. */
export const earlyTexts: Readonly<Record<string, string>> = {
  '/etc/initramfs-tools/conf.d/lab': 'MODULES=list\nCOMPRESS=lz4\n',
  '/etc/initramfs-tools/modules': initramfsModules.map((name) => `${name}\n`).join(''),
  '/etc/kernel-img.conf': 'do_symlinks = no\n',
};

/** Services that the packages bring and nobody on an emulated host needs; each one costs idle time. */
const masked = [
  ...['docker.service', 'docker.socket', 'containerd.service', 'netperf.service', 'serial-getty@ttyS0.service'],
  ...['getty@tty1.service', 'systemd-networkd-wait-online.service', 'systemd-timesyncd.service'],
  ...['apt-daily.timer', 'apt-daily-upgrade.timer', 'dpkg-db-backup.timer', 'e2scrub_all.timer', 'fstrim.timer'],
  ...['e2scrub_reap.service', 'systemd-hwdb-update.service', 'systemd-pstore.service'],
];

/** Path of the program that prepares a disk: the first process of a boot that does nothing else. */
export const diskPreparer = '/usr/lib/tunegate-lab/prepare-disk';

/** What both hosts have in common. */
export const lateTexts: Readonly<Record<string, string>> = {
  '/etc/fstab': `${wholeDisk}1 / ext4 errors=remount-ro 0 1\n`,
  '/etc/default/grub': `GRUB_DEFAULT=saved
GRUB_TIMEOUT=0
GRUB_RECORDFAIL_TIMEOUT=0
GRUB_DISABLE_SUBMENU=y
GRUB_DISABLE_OS_PROBER=true
GRUB_DISTRIBUTOR=Debian
GRUB_CMDLINE_LINUX_DEFAULT=""
GRUB_CMDLINE_LINUX="console=ttyS0"
GRUB_TERMINAL=serial
`,
  '/etc/ssh/sshd_config.d/lab.conf': 'PasswordAuthentication no\nPermitRootLogin prohibit-password\nUseDNS no\n',
  // A host that hangs is reset after a minute without a sign of life; twice that for the way down.
  '/etc/systemd/system.conf.d/lab.conf':
    '[Manager]\nRuntimeWatchdogSec=60s\nRebootWatchdogSec=120s\nDefaultTimeoutStopSec=10s\n',
  '/etc/systemd/journald.conf.d/lab.conf': '[Journal]\nStorage=volatile\nRuntimeMaxUse=8M\n',
  '/etc/resolv.conf': '',
  [diskPreparer]: `#!/bin/sh
# The second disk is a script. It has the machine for itself, and the machine ends with it.
mount -t proc proc /proc 2>/dev/null
mount -t sysfs sysfs /sys 2>/dev/null
mount -t devtmpfs dev /dev 2>/dev/null
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C
sh -e /dev/vdb && echo "tunegate: the disk is prepared"
sync
mount -o remount,ro /
exec busybox poweroff -f
`,
};

/** A shell script that finishes the tree in which it is the root folder; `$1` is the tree. */
export const customizeScript = `#!/bin/sh
set -e
chroot "$1" systemctl --quiet mask ${masked.join(' ')}
chroot "$1" systemctl --quiet enable systemd-networkd.service ssh.service
chroot "$1" systemctl --quiet set-default multi-user.target
chmod 755 "$1${diskPreparer}"
rm -f "$1"/etc/ssh/ssh_host_* "$1"/etc/machine-id "$1"/var/lib/dbus/machine-id
rm -rf "$1"/var/lib/apt/lists/* "$1"/var/cache/apt/* "$1"/usr/share/doc/* "$1"/usr/share/locale/* "$1"/usr/share/man/*
: >"$1/etc/machine-id"
`;
