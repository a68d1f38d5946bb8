import { buildNicCommands, machineCommands, machineFiles } from '../../../src/hosts/doctor/machine-reads.ts';
import type { Command } from '../../../src/machines/machine.ts';
import type { HostReadings } from '../../../src/profiles/host-part.ts';
import { nameCommand } from '../../../src/profiles/name-command.ts';

export const nic = { name: 'enp1s0', namespace: null } as const;
export const nicCommands = buildNicCommands(nic.name, nic.namespace);

/** As an emulated host said it. */
export const link = {
  ifname: 'enp1s0',
  flags: ['BROADCAST', 'MULTICAST', 'UP', 'LOWER_UP'],
  mtu: 1500,
  address: '02:54:47:4c:01:02',
  addr_info: [{ local: 'fe80::54:47ff:fe4c:102', prefixlen: 64, scope: 'link' }],
};

/** A host with nothing to find fault with; each command and file can be another. */
export function createReadings(
  outputs: readonly (readonly [Command, string])[] = [],
  files: Readonly<Record<string, string>> = {},
): HostReadings {
  const usual: readonly (readonly [Command, string])[] = [
    [machineCommands.user, '0\n'],
    [machineCommands.daemons, 'systemd-timesyn\n'],
    [machineCommands.synchronised, 'yes\n'],
    [machineCommands.peerRoute, '192.0.2.1 dev enp0s3 src 192.0.2.11 uid 0 \\    cache \n'],
    [machineCommands.iommuGroups, '0\n1\n6\n'],
    [nicCommands.link, JSON.stringify([link])],
    [nicCommands.driver, 'driver: igb\nversion: 6.12.95\nfirmware-version: 2.1.0\nbus-info: 0000:01:00.0\n'],
    [nicCommands.settings, 'Settings for enp1s0:\n\tSpeed: 1000Mb/s\n\tDuplex: Full\n\tLink detected: yes\n'],
    [
      nicCommands.pci,
      'bus=0000:01:00.0\nvendor=0x8086\ndevice=0x10c9\nsriov_totalvfs=7\nsriov_numvfs=0\niommu_group=6\n',
    ],
  ];
  return {
    outputs: Object.fromEntries([...usual, ...outputs].map(([command, text]) => [nameCommand(command), text])),
    files: {
      [machineFiles.system]: 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian',
      [machineFiles.release]: '6.12.95+deb12-amd64',
      [machineFiles.cpuinfo]: 'model name\t: CPU X\nmicrocode\t: 0x2b\nflags\t\t: fpu tsc\n',
      [machineFiles.meminfo]:
        'MemTotal:  4194304 kB\nHugePages_Total:  4\nHugePages_Free:  3\nHugepagesize:  2048 kB\n',
      [machineFiles.online]: '0-3',
      [machineFiles.smt]: '0',
      [machineFiles.clocksource]: 'tsc',
      '/sys/devices/system/cpu/vulnerabilities/mds': 'Not affected',
      ...files,
    },
  };
}
