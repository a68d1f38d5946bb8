import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../src/profiles/catalogue.ts';
import type { HostPlace } from '../../../src/profiles/host-part.ts';
import type { Parameter } from '../../../src/profiles/parameter.ts';
import type { ParameterValue } from '../../../src/profiles/profile.schema.ts';
import { limits } from '../machine-limits.ts';
import { simulateHost } from '../simulated-host.ts';

/** Something else than the simulated host has, with what the probe then finds. */
const examples: Readonly<Record<string, readonly [ParameterValue, string]>> = {
  'host.cpu.deferred-work': ['0', '0'],
  'host.cpu.energy-bias': [0, '0'],
  'host.cpu.energy-preference': ['performance', 'performance'],
  'host.cpu.frequency.max': [2000, '2000000'],
  'host.cpu.frequency.min': [2000, '2000000'],
  'host.cpu.governor': ['performance', 'performance'],
  'host.cpu.idle-state': [
    1,
    'allowed (cpu0/state0, cpu0/state1, cpu1/state0, cpu1/state1); disabled (cpu0/state2, cpu1/state2)',
  ],
  'host.cpu.ignore-corrected-errors': ['on', 'on'],
  'host.cpu.partition': ['1', 'isolated, CPUs 1'],
  'host.cpu.smt': ['off', 'off'],
  'host.cpu.turbo': ['off', 'off'],
  'host.irq.default-affinity': ['0', '0'],
  'host.irqbalance': ['off', 'off'],
  'host.kvm.halt-poll-ns': [0, '0'],
  'host.kvm.nx-huge-pages': ['off', 'off'],
  'host.memory.hugepages.1GiB': ['0:2GiB', '2 pages of 1GiB'],
  'host.memory.hugepages.2MiB': [['1:8MiB', '0:4MiB'], '2 pages of 2MiB (node0); 4 pages of 2MiB (node1)'],
  'host.memory.ksm': ['unmerge', 'unmerge'],
  'host.memory.swap': ['off', 'off'],
  'host.memory.transparent-hugepages': ['never', 'never'],
  'host.memory.transparent-hugepages.defrag': ['defer+madvise', 'defer+madvise'],
  'host.nic.channels': [1, '1'],
  'host.nic.coalesce.adaptive-rx': ['off', 'off'],
  'host.nic.coalesce.adaptive-tx': ['off', 'off'],
  'host.nic.coalesce.rx-frames': [1, '1'],
  'host.nic.coalesce.rx-usecs': [0, '0'],
  'host.nic.coalesce.tx-frames': [1, '1'],
  'host.nic.coalesce.tx-usecs': [0, '0'],
  'host.nic.gro-flush-timeout': [20_000, '20000'],
  'host.nic.irq-affinity': ['0', '0'],
  'host.nic.napi-defer-hard-irqs': [2, '2'],
  'host.nic.offload.generic-receive': ['off', 'off'],
  'host.nic.offload.generic-segmentation': ['off', 'off'],
  'host.nic.offload.large-receive': ['off', 'off'],
  'host.nic.offload.receive-hashing': ['off', 'off'],
  'host.nic.offload.rx-checksumming': ['off', 'off'],
  'host.nic.offload.rx-vlan': ['off', 'off'],
  'host.nic.offload.scatter-gather': ['off', 'off'],
  'host.nic.offload.tcp-segmentation': ['off', 'off'],
  'host.nic.offload.tx-checksumming': ['off', 'off'],
  'host.nic.pause.autonegotiate': ['off', 'off'],
  'host.nic.pause.rx': ['off', 'off'],
  'host.nic.pause.tx': ['off', 'off'],
  'host.nic.ring.rx': [1024, '1024'],
  'host.nic.ring.tx': [1024, '1024'],
  'host.nic.rps-cpus': ['0-1', '0-1'],
  'host.nic.threaded-napi': ['on', 'on'],
  'host.nic.txqueuelen': [500, '500'],
  'host.nic.xps-cpus': ['none', 'none'],
  'host.pci.link-power': ['performance', 'performance'],
  'host.sysctl.kernel.hung_task_timeout_secs': [600, '600'],
  'host.sysctl.kernel.nmi_watchdog': ['off', '0'],
  'host.sysctl.kernel.numa_balancing': ['off', '0'],
  'host.sysctl.kernel.randomize_va_space': [0, '0'],
  'host.sysctl.kernel.sched_autogroup_enabled': ['off', '0'],
  'host.sysctl.kernel.sched_rt_runtime_us': [-1, '-1'],
  'host.sysctl.kernel.soft_watchdog': ['off', '0'],
  'host.sysctl.kernel.timer_migration': ['off', '0'],
  'host.sysctl.kernel.watchdog_cpumask': [[0], '0'],
  'host.sysctl.net.core.busy_poll': [50, '50'],
  'host.sysctl.net.core.busy_read': [50, '50'],
  'host.sysctl.net.core.default_qdisc': ['fq', 'fq'],
  'host.sysctl.net.core.dev_weight': [128, '128'],
  'host.sysctl.net.core.netdev_budget': [600, '600'],
  'host.sysctl.net.core.netdev_budget_usecs': [4000, '4000'],
  'host.sysctl.net.core.netdev_max_backlog': [10_000, '10000'],
  'host.sysctl.net.core.rmem_default': [1_048_576, '1048576'],
  'host.sysctl.net.core.rmem_max': [16_777_216, '16777216'],
  'host.sysctl.net.core.rps_sock_flow_entries': [32_768, '32768'],
  'host.sysctl.net.core.wmem_default': [1_048_576, '1048576'],
  'host.sysctl.net.core.wmem_max': [16_777_216, '16777216'],
  'host.sysctl.net.ipv4.tcp_congestion_control': ['reno', 'reno'],
  'host.sysctl.net.ipv4.tcp_rmem': ['4096 131072 16777216', '4096 131072 16777216'],
  'host.sysctl.net.ipv4.tcp_wmem': [[4096, 65_536, 16_777_216], '4096 65536 16777216'],
  'host.sysctl.vm.stat_interval': [10, '10'],
  'host.sysctl.vm.swappiness': [10, '10'],
};

const parameters = [...catalogue.values()].filter(({ layer }) => layer === 'host');
const places: Readonly<Record<string, HostPlace>> = {
  "the host's own network": { cpus: [0, 1], nic: { name: 'eth1', namespace: null }, dockerSocket: null },
  'a namespace': { cpus: [0, 1], nic: { name: 'eth1', namespace: 'tghost' }, dockerSocket: null },
};

function open(parameter: Parameter, place: HostPlace) {
  const [written, found] = examples[parameter.name] ?? [];
  const { host, schema, name } = parameter;
  if (written === undefined || host?.change === undefined) throw new Error(`${name} has no example or no change`);
  const { change } = host;
  const value = schema.parse(written);
  const simulated = simulateHost(place);
  const read = () => host.read(value, simulated.read(host.reads(value, place)), place);
  return { value, found, simulated, read, plan: () => change(value, simulated.read(host.reads(value, place)), place) };
}

describe('layer host', () => {
  it('has an example for every parameter', () => {
    expect(Object.keys(examples)).toEqual(parameters.map(({ name }) => name));
  });

  describe.each(Object.entries(places))('with the interface in %s', (_, place) => {
    it.each(parameters.map((parameter) => [parameter.name, parameter] as const))(
      '%s is read, set and put back',
      (name, parameter) => {
        const { value, found, simulated, read, plan } = open(parameter, place);
        expect(parameter.schema.parse(value)).toEqual(value);
        expect(read().inForce).toBe(false);
        const before = simulated.snapshot();
        const { apply, restore } = plan();
        simulated.act(apply);
        expect(read()).toEqual({ found, inForce: true });
        // What is as wanted is left alone.
        expect(plan()).toEqual({ apply: [], restore: [] });
        simulated.act(restore);
        expect(simulated.snapshot()).toBe(before);
        expect(name.startsWith('host.nic.') && place.nic?.namespace !== null).toBe(
          apply.some((action) => action.kind === 'run' && action.args[0] === 'netns'),
        );
      },
    );
  });

  const [place] = Object.values(places);
  if (place === undefined) throw new Error('no place');

  it.each(parameters.map((parameter) => [parameter.name, parameter] as const))(
    '%s goes back from any point on the way there',
    (_, parameter) => {
      const { apply } = open(parameter, place).plan();
      // Before the first step nothing is put back: ethtool would refuse.
      for (let done = 1; done < apply.length; done += 1) {
        const { simulated, plan } = open(parameter, place);
        const before = simulated.snapshot();
        const { restore } = plan();
        simulated.act(apply.slice(0, done));
        simulated.act(restore);
        expect(simulated.snapshot()).toBe(before);
      }
    },
  );

  it.each(
    parameters
      .filter(({ name }) => !name.startsWith('host.nic.') && name !== 'host.irqbalance')
      .map((parameter) => [parameter.name, parameter] as const),
  )('%s notices every file of its own that somebody changes', (name, parameter) => {
    const { simulated, read, plan } = open(parameter, place);
    simulated.act(plan().apply);
    expect(read().inForce).toBe(true);
    const own = simulated.read(parameter.host?.reads(parameter.schema.parse(examples[name]?.[0]), place) ?? {}).files;
    const telling = Object.keys(own).filter((path) => !/cgroup\.|node1\/hugepages\/hugepages-1048/.test(path));
    expect(telling.length).toBeGreaterThan(0);
    for (const path of telling) {
      const kept = simulated.files[path] ?? '';
      simulated.files[path] = foreign(path, kept);
      expect([path, read().inForce]).toEqual([path, false]);
      simulated.files[path] = kept;
    }
  });

  it.each(parameters.map((parameter) => [parameter.name, parameter] as const))(
    '%s is not applicable, with a reason, where the host has no such thing',
    (name, parameter) => {
      const { value, simulated } = open(parameter, place);
      for (const path of Object.keys(simulated.files)) delete simulated.files[path];
      const nowhere = { ...place, nic: null };
      const empty = { files: {}, outputs: {} };
      if (name === 'host.irqbalance') return;
      const reading = parameter.host?.read(value, empty, nowhere);
      expect(reading).toEqual({ found: expect.stringMatching(/^.{15,120}$/), inForce: null });
      expect(parameter.host?.change?.(value, empty, nowhere)).toEqual({ apply: [], restore: [] });
    },
  );
});

/** Another content that the file could have as well. */
function foreign(path: string, text: string): string {
  if (path.endsWith('/disable')) return text === '0' ? '1' : '0';
  if (path === '/proc/swaps') return `${text}\n/dev/sdb1 partition 4 0 -3`;
  if (/\[/.test(text)) return text.replace(/(\S*)\[(\S+)\]/, '[x] $2');
  return /^\d+$/.test(text) ? String(Number(text) + 1) : 'other';
}

describe('misfits', () => {
  const explain = (name: string, value: ParameterValue) => {
    const parameter = catalogue.get(name);
    return parameter?.misfit(parameter.schema.parse(value), limits);
  };

  it.each([
    ['host.irq.default-affinity', '0,7', /no CPU 7, accepted are CPUs of 0-3/],
    ['host.cpu.deferred-work', '4-5', /no CPU 4-5/],
    ['host.nic.irq-affinity', '9', /no CPU 9/],
    ['host.nic.rps-cpus', '9', /no CPU 9/],
    ['host.nic.xps-cpus', '9', /no CPU 9/],
    ['host.sysctl.kernel.watchdog_cpumask', '9', /no CPU 9/],
    ['host.cpu.partition', '4', /no CPU 4/],
    ['host.cpu.partition', '0-3', /leaves no CPU to the host/],
    ['host.memory.hugepages.2MiB', '1:2MiB', /no NUMA node 1, accepted are nodes of 0/],
    ['host.memory.hugepages.2MiB', '0:258MiB', /less than 512MiB, accepted are 256MiB in all/],
  ])('%s of %s: %s', (name, value, reason) => {
    expect(explain(name, value)).toMatch(reason);
  });

  it.each([
    ['host.irq.default-affinity', '0-3'],
    ['host.nic.rps-cpus', 'none'],
    ['host.cpu.partition', '1-3'],
    ['host.memory.hugepages.2MiB', '0:256MiB'],
  ])('%s of %s fits', (name, value) => {
    expect(explain(name, value)).toBeNull();
  });

  it.each(['0:3MiB', '0:2MiB,0:2MiB', '2MiB', '0:2MB', '5000:2MiB', '0:', ':2MiB'])(
    'huge pages of %s are refused without a look at a host',
    (value) => {
      expect(catalogue.get('host.memory.hugepages.2MiB')?.schema.safeParse(value).success).toBe(false);
    },
  );
});
