import { guestServer } from './guest-tree.ts';

/** What the console shows when everything before the servers is done. */
export const bootMarker = 'tunegate-booted';

/** Folder of the modules; their names begin with two digits, in the order of loading. */
export const moduleFolder = '/lib/modules';

/** Facts that the guest tells about itself, name to the file of which the first line is told. */
const factFiles = {
  'kernel.release': '/proc/sys/kernel/osrelease',
  'kernel.version': '/proc/sys/kernel/version',
  'kernel.cmdline': '/proc/cmdline',
  'cpu.online': '/sys/devices/system/cpu/online',
  'cpu.isolated': '/sys/devices/system/cpu/isolated',
  'tcp.congestion_control': '/proc/sys/net/ipv4/tcp_congestion_control',
  'mtu.guest': '/sys/class/net/eth0/mtu',
} as const;

/**
 * First process of a virtual machine. Only shell built-ins where many things are read: every program that starts costs
 * an emulated guest some hundredths of a second. Without `tg.ip=` it shows that it has booted and waits.
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
ip link set lo up
if [ -n "$address" ]; then
  ip address add "$address" dev eth0
  ip link set eth0 up
fi
tell() {
  value=
  [ -r "$2" ] && read -r value <"$2"
  echo "tunegate-fact $1 $value"
}
${Object.entries(factFiles)
  .map(([name, file]) => `tell ${name} ${file}`)
  .join('\n')}
echo ${bootMarker}
if [ -z "$address" ]; then exec sleep 3600; fi
exec ${guestServer}
`;

/**
 * What the init told on the console, lines such as `tunegate-fact kernel.release 6.1.0-56-cloud-amd64`; null where a
 * file was missing or empty. Of a line that was told twice, the last counts.
 */
export function parseGuestFacts(console: string): Record<string, string | null> {
  const lines = console.matchAll(/^tunegate-fact (\S+) ?(.*?)\s*$/gm);
  return Object.fromEntries([...lines].map(([, name = '', value = '']) => [name, value === '' ? null : value]));
}
