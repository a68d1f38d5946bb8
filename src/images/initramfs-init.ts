import { guestServer } from './guest-tree.ts';

/** What the console shows when everything before the servers is done. */
export const bootMarker = 'tunegate-booted';

/** Folder of the modules; their names begin with two digits, in the order of loading. */
export const moduleFolder = '/lib/modules';

/** Begin of a request and of its answer on the second serial port; see `openGuestChannel`. */
export const channelWords = { request: 'tunegate-request', answer: 'tunegate-answer' } as const;

/** A command that prints more is ended: its output waits in the guest's memory. A multiple of 512 bytes. */
export const channelOutputBytes = 256 * 1024;

/** Facts that the guest tells about itself, name to the file of which the first line is told. */
const factFiles = {
  'kernel.release': '/proc/sys/kernel/osrelease',
  'kernel.version': '/proc/sys/kernel/version',
  'kernel.cmdline': '/proc/cmdline',
  'cpu.online': '/sys/devices/system/cpu/online',
  'cpu.isolated': '/sys/devices/system/cpu/isolated',
  'tcp.congestion_control': '/proc/sys/net/ipv4/tcp_congestion_control',
} as const;

/** Shell: prints what `parseGuestWords` reads. Part of the init; run again once settings inside the guest have changed. */
export const tellFacts = `tell() {
  value=
  [ -r "$2" ] && read -r value <"$2"
  echo "tunegate-fact $1 $value"
}
if [ -e /sys/class/net/eth0 ]; then
  read -r mtu </sys/class/net/eth0/mtu
  echo "tunegate-mtu $mtu"
  ethtool -k eth0 | while read -r line; do echo "tunegate-offload $line"; done
fi
${Object.entries(factFiles)
  .map(([name, file]) => `tell ${name} ${file}`)
  .join('\n')}`;

/**
 * First process of a virtual machine. Only shell built-ins where many things are read: every program that starts costs
 * an emulated guest some hundredths of a second. What answers requests waits inside `read`, which costs nothing while
 * samples are taken. Without `tg.ip=` it shows that it has booted and waits.
 */
export const initScript = `#!/bin/sh
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev
for module in ${moduleFolder}/*.ko; do
  [ -e "$module" ] && busybox insmod "$module"
done
for word in $(cat /proc/cmdline); do
  case $word in tg.ip=*) address=\${word#tg.ip=} ;; esac
done
answer_requests() {
  stty raw -echo
  while read -r mark id command; do
    [ "$mark" = ${channelWords.request} ] || continue
    (ulimit -f ${channelOutputBytes / 512}; eval "$command") >/run/output 2>/run/errors </dev/null
    printf '${channelWords.answer} %s %s ' "$id" $?
    base64 -w 0 /run/output
    printf ' '
    [ -s /run/errors ] && base64 -w 0 /run/errors
    echo
  done
}
ip link set lo up
if [ -n "$address" ]; then
  ip address add "$address" dev eth0
  ip link set eth0 up
fi
${tellFacts}
echo ${bootMarker}
if [ -z "$address" ]; then exec sleep 3600; fi
answer_requests <>/dev/ttyS1 >&0 &
exec ${guestServer}
`;

/** What the init told on the console. */
export interface GuestWords {
  /** `tunegate-fact kernel.release 6.1.0-56-cloud-amd64`; null where a file was missing or empty. */
  readonly facts: Readonly<Record<string, string | null>>;
  /** Bytes; null when the guest has no network. */
  readonly mtu: number | null;
  /** The guest's own `ethtool -k`. */
  readonly offloads: string;
}

/** Of a log that holds several boots the last one counts. */
export function parseGuestWords(console: string): GuestWords {
  const words = [...console.matchAll(/^tunegate-(fact|mtu|offload) (.*?)\s*$/gm)];
  const pick = (kind: string) => words.flatMap(([, found, text = '']) => (found === kind ? [text] : []));
  const facts = pick('fact').map((text) => {
    const space = text.indexOf(' ');
    return space < 0 ? ([text, null] as const) : ([text.slice(0, space), text.slice(space + 1)] as const);
  });
  const mtu = pick('mtu').at(-1);
  return {
    facts: Object.fromEntries(facts),
    mtu: mtu === undefined ? null : Number(mtu),
    offloads: pick('offload').join('\n'),
  };
}
