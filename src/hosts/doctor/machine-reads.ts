import { type Command, inNamespace } from '../../machines/machine.ts';
import type { HostReadings, HostReads } from '../../profiles/host-part.ts';
import { nameCommand } from '../../profiles/name-command.ts';
import { machineFolders } from '../folders.ts';
import { stateFile } from '../run-state.ts';

const cpuFolder = '/sys/devices/system/cpu';

/** Files of a machine that the checklist rests on. */
export const machineFiles = {
  system: '/etc/os-release',
  userMap: '/proc/self/uid_map',
  release: '/proc/sys/kernel/osrelease',
  cpuinfo: '/proc/cpuinfo',
  meminfo: '/proc/meminfo',
  online: `${cpuFolder}/online`,
  smt: `${cpuFolder}/smt/active`,
  frequencyDriver: `${cpuFolder}/cpu0/cpufreq/scaling_driver`,
  governor: `${cpuFolder}/cpu0/cpufreq/scaling_governor`,
  idleDriver: `${cpuFolder}/cpuidle/current_driver`,
  clocksource: '/sys/devices/system/clocksource/clocksource0/current_clocksource',
  vulnerabilities: `${cpuFolder}/vulnerabilities/*`,
  vendor: '/sys/class/dmi/id/sys_vendor',
  product: '/sys/class/dmi/id/product_name',
  firmware: '/sys/class/dmi/id/bios_version',
  firmwareDate: '/sys/class/dmi/id/bios_date',
  firewall: '/etc/ufw/ufw.conf',
  runState: stateFile(machineFolders.state),
} as const;

/** Daemons that would change what a run has set, by the 15 letters that the kernel keeps of a name. */
export const watchedDaemons = {
  NetworkManager: 'NetworkManager',
  'systemd-network': 'systemd-networkd',
  firewalld: 'firewalld',
  irqbalance: 'irqbalance',
  tuned: 'tuned',
  thermald: 'thermald',
  'power-profiles-': 'power-profiles-daemon',
  dockerd: 'dockerd',
  chronyd: 'chronyd',
  ntpd: 'ntpd',
  'systemd-timesyn': 'systemd-timesyncd',
} as const;

const shell = (script: string, ...args: readonly string[]): Command => ({
  program: 'sh',
  args: ['-c', script, ...args],
});

/** Programs of a machine that say the rest; each ends well with an empty output where it knows nothing. */
export const machineCommands = {
  user: { program: 'id', args: ['-u'] },
  daemons: shell(
    `cat /proc/[0-9]*/comm 2>/dev/null | grep -xE '${Object.keys(watchedDaemons).join('|')}' | sort -u; :`,
  ),
  synchronised: { program: 'timedatectl', args: ['show', '--property=NTPSynchronized', '--value'] },
  // The way back to whoever asks: the management network.
  peerRoute: shell('set -- $SSH_CONNECTION; [ -z "$1" ] || ip -o route get "$1"; :'),
  devices: { program: 'nmcli', args: ['-t', '-f', 'DEVICE,STATE', 'device'] },
  links: { program: 'networkctl', args: ['--no-pager', '--no-legend', 'list'] },
  iommuGroups: { program: 'ls', args: ['/sys/kernel/iommu_groups'] },
  namespaces: { program: 'ls', args: ['/run/netns'] },
} as const satisfies Readonly<Record<string, Command>>;

/** What the PCI device behind an interface says of itself, `KEY=VALUE` a line; nothing where there is none. */
const pciScript = `
bus=$(ethtool -i "$0" 2>/dev/null | sed -n 's/^bus-info: //p')
device=/sys/bus/pci/devices/$bus
[ -n "$bus" ] && [ -d "$device" ] || exit 0
echo "bus=$bus"
for name in vendor device subsystem_vendor subsystem_device numa_node sriov_totalvfs sriov_numvfs; do
  [ -r "$device/$name" ] && echo "$name=$(cat "$device/$name")"
done
[ -e "$device/iommu_group" ] && echo "iommu_group=$(basename "$(readlink "$device/iommu_group")")"
:`;

/** Programs that tell of the interface under test, wherever it is. */
export function buildNicCommands(nic: string, namespace: string | null) {
  const inside = (program: string, ...args: readonly string[]) => inNamespace(namespace, { program, args });
  return {
    link: inside('ip', '-j', '-d', 'address', 'show', 'dev', nic),
    driver: inside('ethtool', '-i', nic),
    settings: inside('ethtool', nic),
    pci: inside('sh', '-c', pciScript, nic),
  } as const;
}

export function listMachineReads(nic: string | null, namespace: string | null): HostReads {
  return {
    files: Object.values(machineFiles),
    commands: [
      ...Object.values(machineCommands),
      ...(nic === null ? [] : Object.values(buildNicCommands(nic, namespace))),
    ],
  };
}

/** What a program printed, without blanks around it; empty where it failed or is not there. */
export function outputOf({ outputs }: HostReadings, command: Command): string {
  return outputs[nameCommand(command)]?.trim() ?? '';
}

/** A file without blanks around it; null where it is not there. */
export function fileOf({ files }: HostReadings, path: string): string | null {
  return files[path]?.trim() ?? null;
}
