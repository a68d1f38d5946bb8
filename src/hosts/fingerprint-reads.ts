import { type Command, inNamespace } from '../machines/machine.ts';
import type { HostReads } from '../profiles/host-part.ts';

const cpu = '/sys/devices/system/cpu';
const memory = '/sys/kernel/mm';

/** Files whose content is a setting or a property; each that matches is a fact under its path. */
const settingFiles = [
  ...['osrelease', 'version'].map((name) => `/proc/sys/kernel/${name}`),
  ...['sched_*', 'numa_balancing*', 'timer_migration', '*watchdog*', 'hung_task_*', 'randomize_va_space'].map(
    (name) => `/proc/sys/kernel/${name}`,
  ),
  ...['core', 'ipv4', 'bridge'].map((name) => `/proc/sys/net/${name}/*`),
  '/proc/sys/vm/*',
  ...['online', 'isolated', 'nohz_full', 'smt/control', 'cpuidle/current_driver', 'cpuidle/current_governor'].map(
    (name) => `${cpu}/${name}`,
  ),
  ...[
    'scaling_driver',
    'scaling_governor',
    'scaling_min_freq',
    'scaling_max_freq',
    'energy_performance_preference',
  ].map((name) => `${cpu}/cpu*/cpufreq/${name}`),
  ...['cpufreq/boost', 'intel_pstate/no_turbo', 'intel_pstate/status', 'cpu*/power/energy_perf_bias'].map(
    (name) => `${cpu}/${name}`,
  ),
  ...['cpu*/cpuidle/state*/disable', 'vulnerabilities/*'].map((name) => `${cpu}/${name}`),
  '/sys/devices/system/clocksource/clocksource0/current_clocksource',
  ...['enabled', 'defrag', 'shmem_enabled', 'khugepaged/defrag'].map(
    (name) => `${memory}/transparent_hugepage/${name}`,
  ),
  ...['run', 'pages_to_scan', 'sleep_millisecs', 'merge_across_nodes'].map((name) => `${memory}/ksm/${name}`),
  ...[`${memory}/hugepages/*/nr_hugepages`, '/sys/devices/system/node/node*/hugepages/*/nr_hugepages'],
  ...['kvm', 'kvm_intel', 'kvm_amd', 'haltpoll'].map((name) => `/sys/module/${name}/parameters/*`),
  ...['/proc/irq/default_smp_affinity', '/sys/devices/virtual/workqueue/cpumask', '/sys/kernel/realtime'],
  ...['cpuset.cpus.isolated', '*/cpuset.cpus', '*/cpuset.cpus.partition'].map((name) => `/sys/fs/cgroup/${name}`),
  ...['sys_vendor', 'product_name', 'board_name', 'bios_vendor', 'bios_version', 'bios_date'].map(
    (name) => `/sys/class/dmi/id/${name}`,
  ),
];

/** Files below those patterns that change without anybody setting them, or are no setting. */
const movingFiles = [
  // Drawn at each boot.
  ...['core/netdev_rss_key', 'ipv4/tcp_fastopen_key'].map((name) => `/proc/sys/net/${name}`),
  // Worked out at each boot from the memory that was free at that moment.
  ...[
    'net/ipv4/tcp_mem',
    'net/ipv4/udp_mem',
    'vm/min_free_kbytes',
    'vm/user_reserve_kbytes',
    'vm/admin_reserve_kbytes',
  ].map((name) => `/proc/sys/${name}`),
  // Counters, and a file whose reading is an order.
  ...['hung_task_detect_count', 'hung_task_warnings'].map((name) => `/proc/sys/kernel/${name}`),
  '/proc/sys/vm/stat_refresh',
  // Follows from the modules, which are facts of their own.
  ...['tcp_available_congestion_control', 'tcp_available_ulp'].map((name) => `/proc/sys/net/ipv4/${name}`),
];

export function isMoving(path: string): boolean {
  return movingFiles.includes(path);
}

/** Files that hold more than a fact; `fingerprint.ts` takes it out. */
export const tableFiles = {
  commandLine: '/proc/cmdline',
  cpuinfo: '/proc/cpuinfo',
  meminfo: '/proc/meminfo',
  modules: '/proc/modules',
  system: '/etc/os-release',
} as const;

/** Packages that measuring and guests rest on. */
const packages = [
  ...['docker.io', 'docker-cli', 'containerd', 'runc', 'qemu-system-x86', 'netperf', 'iperf', 'iperf3', 'ethtool'],
  ...['iproute2', 'systemd', 'grub-pc', 'grub-efi-amd64', 'intel-microcode', 'amd64-microcode'],
];

export const tableCommands = {
  // One that is not installed is told on standard error, and the program ends with 1.
  packages: {
    program: 'sh',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the fields of dpkg-query.
    args: ['-c', 'dpkg-query -W -f \'${Package}=${Version}\\n\' "$@" 2>/dev/null; :', 'packages', ...packages],
  },
  // An interrupt's number changes from boot to boot, the name of who asked for it does not.
  interrupts: {
    program: 'sh',
    args: [
      '-c',
      'for irq in /proc/irq/[0-9]*; do for name in "$irq"/*/; do [ -d "$name" ] && echo "$(basename "$name")=$(cat "$irq/smp_affinity_list")"; done; done; :',
    ],
  },
} as const satisfies Readonly<Record<string, Command>>;

/** What the interface under test is set to, by the name of the fact. */
export function buildNicSettings(nic: string, namespace: string | null): Readonly<Record<string, Command>> {
  const show = (program: string, ...args: readonly string[]) => inNamespace(namespace, { program, args });
  return {
    driver: show('ethtool', '-i', nic),
    offloads: show('ethtool', '-k', nic),
    coalescing: show('ethtool', '-c', nic),
    rings: show('ethtool', '-g', nic),
    queues: show('ethtool', '-l', nic),
    pauses: show('ethtool', '-a', nic),
    link: show('ip', '-o', 'link', 'show', 'dev', nic),
    addresses: show('ip', '-o', 'address', 'show', 'dev', nic, 'scope', 'global'),
    discipline: show('tc', 'qdisc', 'show', 'dev', nic),
  };
}

/** Of an interface in the machine's own network: what only /sys says. */
function listNicFiles(nic: string): readonly string[] {
  const folder = `/sys/class/net/${nic}`;
  return ['gro_flush_timeout', 'napi_defer_hard_irqs', 'threaded', 'queues/*/rps_cpus', 'queues/*/xps_cpus'].map(
    (name) => `${folder}/${name}`,
  );
}

export function listFingerprintReads(nic: { name: string; namespace: string | null } | null): HostReads {
  return {
    files: [
      ...settingFiles,
      ...Object.values(tableFiles),
      ...(nic === null || nic.namespace !== null ? [] : listNicFiles(nic.name)),
    ],
    commands: [
      ...Object.values(tableCommands),
      ...(nic === null ? [] : Object.values(buildNicSettings(nic.name, nic.namespace))),
    ],
  };
}
