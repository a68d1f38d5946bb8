import { quoteWord } from '../machines/ssh-quote.ts';
import { type IdleBoot, listHostTexts, maskedUnits } from './host-texts.ts';
import type { LabHost } from './lab.ts';

export interface HostKeys {
  /** The host's own key, private and public. */
  readonly hostKey: string;
  readonly hostPublicKey: string;
  /** Public key of whoever may come in as root. */
  readonly authorizedKey: string;
}

/** What makes the common disk the disk of one host: its name, address and keys, and what GRUB boots by default. */
export function buildPreparationScript(host: LabHost, boot: IdleBoot, keys: HostKeys): string {
  const put = (path: string, mode: string, text: string) => `put ${[path, mode, text].map(quoteWord).join(' ')}`;
  return [
    'mount -o remount,rw /',
    'put() { mkdir -p "$(dirname "$1")"; printf %s "$3" >"$1"; chmod "$2" "$1"; }',
    ...Object.entries(listHostTexts(host, boot)).map(([path, text]) => put(path, '644', text)),
    put('/etc/ssh/ssh_host_ed25519_key', '600', keys.hostKey),
    put('/etc/ssh/ssh_host_ed25519_key.pub', '644', keys.hostPublicKey),
    put('/root/.ssh/authorized_keys', '600', keys.authorizedKey),
    'chmod 700 /root/.ssh',
    'tr -d - </proc/sys/kernel/random/uuid >/etc/machine-id',
    `systemctl --quiet mask ${maskedUnits.join(' ')}`,
    'systemctl --quiet enable lab-network.service ssh.service',
    'systemctl --quiet set-default multi-user.target',
    'grub-install --target=i386-pc /dev/vda',
    'update-grub',
    ...buildDefaultEntry(boot.flavour),
    // What is to be done after an update of /usr has been done: newer than that folder, they say so.
    'touch /etc/.updated /var/.updated',
    '',
  ].join('\n');
}

/** As a disk that is read in sectors wants it: a multiple of 512 bytes, filled up with empty lines. */
export function padToSectors(text: string): string {
  const missing = 512 - (Buffer.byteLength(text) % 512);
  return text + '\n'.repeat(missing);
}

/** The newest kernel of the flavour, under the name that Debian's `10_linux` gives to its entry. */
function buildDefaultEntry(flavour: string): readonly string[] {
  const others = flavour === '-amd64' ? ' | grep -v -e -rt-amd64' : '';
  return [
    `release=$(ls /boot | sed -n 's/^vmlinuz-//p' | grep -e '${flavour}$'${others} | sort -V | tail -n 1)`,
    "id=$(sed -n \"s/.*'\\(gnulinux-$release-advanced-[^']*\\)'.*/\\1/p\" /boot/grub/grub.cfg | head -n 1)",
    '[ -n "$id" ]',
    'grub-set-default "$id"',
  ];
}
