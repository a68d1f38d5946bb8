/**
 * The userland of every guest, as a list of files to copy from the installed Debian packages.
 *
 * Docker image and virtual machine are made from the same tree, so that a difference between the kinds is never a
 * difference of their userlands.
 */

/** Programs of the guest, by the path at which Debian installs them; their libraries come along. */
export const guestPrograms = [
  '/bin/busybox',
  '/usr/bin/netserver',
  '/usr/bin/netperf',
  '/usr/bin/iperf3',
  '/usr/bin/iperf',
  '/usr/sbin/ethtool',
  '/usr/bin/chrt',
] as const;

/** Commands that busybox answers to. */
export const busyboxLinks = [
  'sh',
  'cat',
  'grep',
  'kill',
  'ls',
  'ps',
  'sleep',
  'ip',
  'ping',
  'mount',
  'nc',
  'tee',
  'base64',
  'dmesg',
  'head',
  'stty',
  'sysctl',
  'taskset',
  'uname',
] as const;

/** Path of the program that a guest runs: the servers of the measuring tools. */
export const guestServer = '/sbin/tunegate-server';

/**
 * Shell command of iperf 2's server for datagrams. It is a fresh one for every client: that of 2.1.8 crashes when a second
 * client comes, and one of a single thread (`-U`) goes on listening to the first. Without iperf it ends.
 * More options of iperf are arguments of the shell.
 */
export const iperf2UdpServer = 'while iperf --server --udp --parallel 1 "$@" || [ $? -ne 127 ]; do sleep 0.01; done';

/** Small files of the guest, path to text. */
export const guestTexts: Readonly<Record<string, string>> = {
  [guestServer]: `#!/bin/sh
# The servers of the measuring tools, until told to stop. The guest is over when netserver is.
trap 'kill $netserver $iperf3 $iperf2 $iperf2udp; exit 0' TERM INT
# Its report of every test would be written while the test runs.
iperf3 --server --version4 >/dev/null & iperf3=$!
# The control port, which netserver opens, is what tells that the guest is ready: then both must be. 1451 is 5201, 0A LISTEN.
while kill -0 $iperf3 && ! grep -q ':1451 .* 0A ' /proc/net/tcp; do sleep 0.01; done
netserver -D -4 & netserver=$!
# Those of iperf 2 come after, so that nobody waits for them who does not ask for them.
iperf --server >/dev/null & iperf2=$!
${iperf2UdpServer} >/dev/null 2>&1 & iperf2udp=$!
wait $netserver
`,
  '/etc/passwd': 'root:x:0:0:root:/:/bin/sh\n',
  '/etc/group': 'root:x:0:\n',
};

/** Empty folders that programs and the kernel expect. */
export const guestFolders = ['/proc', '/sys', '/dev', '/run', '/tmp', '/var/tmp', '/root'] as const;

/**
 * The libraries that the output of `ldd` names: lines such as
 * `libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f...)` and `/lib64/ld-linux-x86-64.so.2 (0x00007f...)`.
 */
export function parseLibraries(lddOutput: string): string[] {
  return lddOutput.split('\n').flatMap((line) => {
    const path = /(?:=>\s+)?(\/\S+) \(0x[0-9a-f]+\)$/.exec(line.trim())?.[1];
    return path === undefined ? [] : [path];
  });
}
