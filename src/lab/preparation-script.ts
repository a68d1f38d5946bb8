import { quoteWord } from '../machines/ssh-quote.ts';
import { type LabHost, labHosts, managementNic } from './lab.ts';

/** How a host idles, as far as its boot loader decides. */
export interface IdleBoot {
  /** Ending of the release of the kernel that boots by default: `-amd64` or `-rt-amd64`. */
  readonly flavour: string;
  /** Words of that boot's command line, beside those that every Linux of Debian has. */
  readonly words: readonly string[];
}

export interface HostKeys {
  /** The host's own key, private and public. */
  readonly hostKey: string;
  readonly hostPublicKey: string;
  /** Public key of whoever may come in as root. */
  readonly authorizedKey: string;
}

interface HostFile {
  readonly path: string;
  readonly text: string;
  readonly mode: string;
}

/** What makes the common disk the disk of one host: its name, address and keys, and what GRUB boots by default. */
export function buildPreparationScript(host: LabHost, boot: IdleBoot, keys: HostKeys): string {
  const put = ({ path, text, mode }: HostFile) => `put ${[path, mode, text].map(quoteWord).join(' ')}`;
  return [
    'mount -o remount,rw /',
    'put() { mkdir -p "$(dirname "$1")"; printf %s "$3" >"$1"; chmod "$2" "$1"; }',
    ...[...listHostFiles(host, boot), ...listKeyFiles(keys)].map(put),
    'chmod 700 /root/.ssh',
    'tr -d - </proc/sys/kernel/random/uuid >/etc/machine-id',
    'grub-install --target=i386-pc /dev/vda',
    'update-grub',
    ...buildDefaultEntry(boot.flavour),
    '',
  ].join('\n');
}

/** As a disk that is read in sectors wants it: a multiple of 512 bytes, filled up with empty lines. */
export function padToSectors(text: string): string {
  const missing = 512 - (Buffer.byteLength(text) % 512);
  return text + '\n'.repeat(missing);
}

function listHostFiles({ name, address }: LabHost, { words }: IdleBoot): readonly HostFile[] {
  const names = labHosts.map((other) => `${other.address} ${other.name}\n`).join('');
  return [
    { path: '/etc/hostname', text: `${name}\n`, mode: '644' },
    { path: '/etc/hosts', text: `127.0.0.1 localhost\n${names}`, mode: '644' },
    {
      path: '/etc/systemd/network/10-management.network',
      text: `[Match]\nName=${managementNic}\n\n[Network]\nAddress=${address}/24\nLinkLocalAddressing=no\nIPv6AcceptRA=no\n`,
      mode: '644',
    },
    {
      path: '/etc/default/grub.d/lab.cfg',
      text: `GRUB_CMDLINE_LINUX_DEFAULT=${quoteWord(words.join(' '))}\n`,
      mode: '644',
    },
  ];
}

function listKeyFiles({ hostKey, hostPublicKey, authorizedKey }: HostKeys): readonly HostFile[] {
  return [
    { path: '/etc/ssh/ssh_host_ed25519_key', text: hostKey, mode: '600' },
    { path: '/etc/ssh/ssh_host_ed25519_key.pub', text: hostPublicKey, mode: '644' },
    { path: '/root/.ssh/authorized_keys', text: authorizedKey, mode: '600' },
  ];
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
