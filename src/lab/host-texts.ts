import { quoteWord } from '../machines/ssh-quote.ts';
import { type LabHost, labHosts, managementNic } from './lab.ts';

/** How a host idles, as far as its boot loader decides. */
export interface IdleBoot {
  /** Ending of the release of the kernel that boots by default: `-amd64` or `-rt-amd64`. */
  readonly flavour: string;
  /** Words of that boot's command line, beside those that every Linux of Debian has. */
  readonly words: readonly string[];
}

/**
 * Units that packages bring and that no emulated host needs. Under emulation every unit costs tenths of a second of a
 * boot, and what wakes up now and then costs for as long as the host idles.
 */
export const maskedUnits = [
  ...['docker.service', 'docker.socket', 'containerd.service', 'netperf.service', 'systemd-logind.service'],
  ...['getty.target', 'systemd-networkd.service', 'systemd-networkd.socket', 'systemd-timesyncd.service'],
  ...['apt-daily.timer', 'apt-daily-upgrade.timer', 'dpkg-db-backup.timer', 'e2scrub_all.timer', 'fstrim.timer'],
  ...['e2scrub_reap.service', 'systemd-pstore.service', 'systemd-binfmt.service', 'proc-sys-fs-binfmt_misc.automount'],
  ...['drm', 'fuse', 'loop', 'dm_mod', 'efi_pstore', 'configfs'].map((name) => `modprobe@${name}.service`),
  ...['sys-kernel-config.mount', 'sys-fs-fuse-connections.mount', 'systemd-update-utmp.service'],
  ...['systemd-update-utmp-runlevel.service', 'dev-mqueue.mount', 'systemd-user-sessions.service'],
];

/** Files of a host by path, those that are no secret. */
export function listHostTexts({ name, address }: LabHost, { words }: IdleBoot): Readonly<Record<string, string>> {
  const names = labHosts.map((other) => `${other.address} ${other.name}\n`).join('');
  return {
    '/etc/hostname': `${name}\n`,
    '/etc/hosts': `127.0.0.1 localhost\n${names}`,
    '/etc/resolv.conf': '',
    // After a power loss the journal of ext4 is played back at the mount; there is no check that could ask questions.
    '/etc/fstab': '/dev/vda1 / ext4 errors=remount-ro 0 0\n',
    '/etc/default/grub': grubDefaults,
    '/etc/default/grub.d/lab.cfg': `GRUB_CMDLINE_LINUX_DEFAULT=${quoteWord(['quiet', ...words].join(' '))}\n`,
    '/etc/ssh/sshd_config.d/lab.conf': 'PasswordAuthentication no\nPermitRootLogin prohibit-password\nUseDNS no\n',
    // Without its check of the configuration, a second program that reads all keys.
    '/etc/systemd/system/ssh.service.d/lab.conf': '[Service]\nExecStartPre=\n',
    '/etc/systemd/system/lab-network.service': buildNetworkUnit(address),
    '/etc/systemd/system.conf.d/lab.conf': systemdSettings,
    '/etc/systemd/journald.conf.d/lab.conf': '[Journal]\nStorage=volatile\nRuntimeMaxUse=8M\n',
  };
}

/**
 * On a busy machine an emulated timer can be late enough for the kernel to take its interrupt for broken and panic:
 * that check is left out. A default entry that panics all the same tries again.
 */
const grubDefaults = `GRUB_DEFAULT=saved
GRUB_TIMEOUT=0
GRUB_RECORDFAIL_TIMEOUT=0
GRUB_DISABLE_SUBMENU=y
GRUB_DISABLE_OS_PROBER=true
GRUB_DISTRIBUTOR=Debian
GRUB_CMDLINE_LINUX="console=ttyS0 no_timer_check panic=10"
GRUB_TERMINAL=serial
`;

/**
 * A host that hangs is reset after two minutes without a sign of life: long enough for one that shares its processors
 * with much else. On the console only what fails, since every character of it is emulated too.
 */
const systemdSettings = `[Manager]
RuntimeWatchdogSec=120s
RebootWatchdogSec=120s
DefaultTimeoutStopSec=10s
ShowStatus=error
`;

/** The one address of the management network; the interface under test is nobody's. */
function buildNetworkUnit(address: string): string {
  const device = `sys-subsystem-net-devices-${managementNic}.device`;
  return `[Unit]
Description=Management network of the emulated host
Requires=${device}
After=${device}
Before=network.target ssh.service

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=ip address replace ${address}/24 dev ${managementNic}
ExecStart=ip link set ${managementNic} up

[Install]
WantedBy=multi-user.target
`;
}
