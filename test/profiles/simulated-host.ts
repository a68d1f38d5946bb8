import type { HostAction, HostPlace, HostReadings, HostReads } from '../../src/profiles/host-part.ts';
import { simulateNic } from './simulated-nic.ts';

/** What a kernel shows of a host with two CPUs and two NUMA nodes before anybody tunes it. */
const files: Readonly<Record<string, string>> = {
  ...forEach(['policy0', 'policy1'], (policy) => ({
    [`/sys/devices/system/cpu/cpufreq/${policy}/scaling_governor`]: 'powersave',
    [`/sys/devices/system/cpu/cpufreq/${policy}/energy_performance_preference`]: 'balance_performance',
    [`/sys/devices/system/cpu/cpufreq/${policy}/scaling_min_freq`]: '800000',
    [`/sys/devices/system/cpu/cpufreq/${policy}/scaling_max_freq`]: '3500000',
  })),
  ...forEach(['0', '1'], (cpu) => ({
    [`/sys/devices/system/cpu/cpu${cpu}/power/energy_perf_bias`]: '6',
    [`/sys/devices/system/cpu/cpu${cpu}/cpuidle/state0/disable`]: '0',
    [`/sys/devices/system/cpu/cpu${cpu}/cpuidle/state1/disable`]: '0',
    [`/sys/devices/system/cpu/cpu${cpu}/cpuidle/state2/disable`]: '0',
    [`/sys/devices/system/machinecheck/machinecheck${cpu}/ignore_ce`]: '0',
    [`/sys/devices/system/node/node${cpu}/hugepages/hugepages-2048kB/nr_hugepages`]: '3',
    [`/sys/devices/system/node/node${cpu}/hugepages/hugepages-1048576kB/nr_hugepages`]: '0',
  })),
  '/sys/devices/system/cpu/intel_pstate/no_turbo': '0',
  '/sys/devices/system/cpu/smt/control': 'on',
  '/sys/fs/cgroup/cgroup.controllers': 'cpuset cpu io memory pids',
  '/sys/fs/cgroup/cgroup.subtree_control': 'cpu memory pids',
  '/proc/swaps':
    'Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n/dev/sda2                               partition\t975868\t\t0\t\t-2\n/swap                                   file\t1024\t\t0\t\t5',
  '/sys/kernel/mm/ksm/run': '1',
  '/sys/kernel/mm/transparent_hugepage/enabled': 'always [madvise] never',
  '/sys/kernel/mm/transparent_hugepage/defrag': 'always defer defer+madvise [madvise] never',
  '/proc/irq/default_smp_affinity': '3',
  '/sys/devices/virtual/workqueue/cpumask': 'ffffffff,00000003',
  '/sys/module/kvm/parameters/halt_poll_ns': '200000',
  '/sys/module/kvm/parameters/nx_huge_pages': 'Y',
  '/sys/module/pcie_aspm/parameters/policy': '[default] performance powersave powersupersave ',
  ...sysctls({
    'net.core.busy_poll': '0',
    'net.core.busy_read': '0',
    'net.core.rmem_max': '212992',
    'net.core.wmem_max': '212992',
    'net.core.rmem_default': '212992',
    'net.core.wmem_default': '212992',
    'net.core.netdev_max_backlog': '1000',
    'net.core.netdev_budget': '300',
    'net.core.netdev_budget_usecs': '8000',
    'net.core.dev_weight': '64',
    'net.core.default_qdisc': 'pfifo_fast',
    'net.core.rps_sock_flow_entries': '0',
    'net.ipv4.tcp_congestion_control': 'cubic',
    'net.ipv4.tcp_rmem': '4096\t131072\t6291456',
    'net.ipv4.tcp_wmem': '4096\t16384\t4194304',
    'kernel.sched_rt_runtime_us': '950000',
    'kernel.timer_migration': '1',
    'kernel.nmi_watchdog': '1',
    'kernel.soft_watchdog': '1',
    'kernel.watchdog_cpumask': '0-1',
    'kernel.numa_balancing': '1',
    'kernel.sched_autogroup_enabled': '1',
    'kernel.hung_task_timeout_secs': '120',
    'kernel.randomize_va_space': '2',
    'vm.stat_interval': '1',
    'vm.swappiness': '60',
  }),
};

function sysctls(settings: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(settings).map(([key, text]) => [`/proc/sys/${key.replaceAll('.', '/')}`, text]),
  );
}

function forEach(names: readonly string[], build: (name: string) => Record<string, string>): Record<string, string> {
  return Object.assign({}, ...names.map(build));
}

export interface SimulatedHost {
  read(reads: HostReads): HostReadings;
  act(actions: readonly HostAction[]): void;
  /** Everything that can be read, for comparing. */
  snapshot(): string;
  /** Changes behind everybody's back. */
  readonly files: Record<string, string>;
}

/** A host that takes what a kernel and its tools take; anything else is an error, as it is there. */
export function simulateHost(place: HostPlace): SimulatedHost {
  const own = { ...files };
  const services = { irqbalance: true };
  const nic = simulateNic(own);
  const unwrap = (words: readonly string[]) =>
    words[0] === 'ip' && words[1] === 'netns' && words[3] === place.nic?.namespace ? words.slice(4) : words;
  const ask = (words: readonly string[]): string | undefined => {
    if (words[0] === 'systemctl') return 'LoadState=loaded\n';
    if (words.join(' ').includes('irqbalance')) return services.irqbalance ? '/proc/812/comm\n' : '';
    return nic.show(unwrap(words));
  };
  const run = (words: readonly string[]): boolean => {
    if (words[0] === 'systemctl') services.irqbalance = words[1] === 'start';
    else if (words[0] === 'swapoff' || words[0] === 'swapon') swap(own, words);
    else if (words[0] === 'mkdir') Object.assign(own, newCgroup);
    else if (words.some((word) => word.includes('cpuset.cpus.partition'))) takeDownCgroup(own);
    else return nic.change(unwrap(words));
    return true;
  };
  return {
    files: own,
    read: ({ files: patterns = [], commands = [] }) => ({
      files: Object.fromEntries(
        Object.entries(own).filter(([path]) => patterns.some((pattern) => matches(pattern, path))),
      ),
      outputs: Object.fromEntries(
        commands.flatMap(({ program, args }) => {
          const output = ask([program, ...args]);
          return output === undefined ? [] : [[[program, ...args].join(' '), output]];
        }),
      ),
    }),
    act: (actions) => {
      for (const action of actions) {
        if (action.kind === 'write') write(own, action.path, action.text);
        else if (!run([action.program, ...action.args]))
          throw new Error(`cannot run ${action.program} ${action.args.join(' ')}`);
      }
    },
    snapshot: () => JSON.stringify([own, services, nic.snapshot()], null, 1),
  };
}

function matches(pattern: string, path: string): boolean {
  const [parts, names] = [pattern.split('/'), path.split('/')];
  return (
    parts.length === names.length &&
    parts.every((part, index) => {
      const [start = '', end] = part.split('*', 2);
      const name = names[index] ?? '';
      return end === undefined ? part === name : name.startsWith(start) && name.endsWith(end);
    })
  );
}

/** As the kernel does: a choice is shown among the others, a list with tabs, controllers are added and taken away. */
function write(own: Record<string, string>, path: string, text: string): void {
  const now = own[path];
  if (now === undefined) throw new Error(`there is no ${path}`);
  if (/^[+-]/.test(text) && path.endsWith('cgroup.subtree_control')) {
    const others = now.split(' ').filter((word) => word !== text.slice(1) && word !== '');
    own[path] = (text.startsWith('+') ? ['cpuset', ...others] : others).join(' ');
  } else if (/\[.*\]/.test(now)) {
    const words = now.replaceAll(/[[\]]/g, '').split(' ');
    if (!words.includes(text)) throw new Error(`${path} refuses ${text}`);
    own[path] = words.map((word) => (word === text ? `[${word}]` : word)).join(' ');
  } else if (path.endsWith('nx_huge_pages')) own[path] = { force: 'Y', off: 'N' }[text] ?? now;
  else if (path.endsWith('cpuset.cpus')) Object.assign(own, { [path]: text, [`${path}.effective`]: text });
  else own[path] = now.includes('\t') ? text.replaceAll(' ', '\t') : text;
}

const cgroup = '/sys/fs/cgroup/tunegate';
const newCgroup = {
  [`${cgroup}/cpuset.cpus`]: '',
  [`${cgroup}/cpuset.cpus.effective`]: '0-1',
  [`${cgroup}/cpuset.cpus.partition`]: 'member',
  [`${cgroup}/cgroup.subtree_control`]: '',
};

function takeDownCgroup(own: Record<string, string>): void {
  for (const path of Object.keys(newCgroup)) delete own[path];
}

/** Areas keep their place in the list, so that it can be compared. */
function swap(own: Record<string, string>, words: readonly string[]): void {
  const area = files['/proc/swaps']?.split('\n').find((line) => line.startsWith(`${words.at(-1)} `)) ?? '';
  const [heading = '', ...lines] = (own['/proc/swaps'] ?? '').split('\n');
  const others = lines.filter((line) => line !== area);
  const priority = words[0] === 'swapon' ? words[2] : undefined;
  if (priority !== undefined && priority !== '-1' && !area.endsWith(priority)) throw new Error(`priority ${priority}`);
  const all = words[0] === 'swapon' ? [...others, area] : others;
  own['/proc/swaps'] = [heading, ...all.sort((left, right) => (left < right ? -1 : 1))].join('\n');
}
