import * as z from 'zod';
import { buildFilePart } from '../host-file.ts';
import { buildHostPart, type HostItem, notHere } from '../host-setting.ts';
import { acceptedOnOff, onOff } from '../on-off.ts';
import { defineHostParameter } from './host-parameter.ts';

const folder = '/sys/devices/system/cpu';
const noFrequency = 'this host has no control of the processor frequency (no driver of cpufreq)';

const governor = defineHostParameter<string>({
  name: 'cpu.governor',
  summary: 'Governor of the processor frequency of the host.',
  schema: z.enum(['performance', 'powersave', 'schedutil', 'ondemand', 'conservative']),
  accepted: 'performance, powersave, schedutil, ondemand or conservative',
  versions: 'every Linux; which ones there are depends on the driver (intel_pstate: performance and powersave)',
  effect: { latency: 'better', bandwidth: 'better', jitter: 'better' },
  risk: 'Costs power; a machine that runs hot is throttled later on, which shows as drift.',
  source: 'Linux Documentation/admin-guide/pm/cpufreq.rst; takes the place of CPU_FREQ=n of the thesis, table 3.1',
  changesFacts: ['host.cpu.governor'],
  probe: `${folder}/cpufreq/policy*/scaling_governor`,
  host: buildFilePart({ path: `${folder}/cpufreq/policy*/scaling_governor`, missing: noFrequency }),
});

const energyPreference = defineHostParameter<string>({
  name: 'cpu.energy-preference',
  summary: 'What the processor is told to prefer when it chooses a frequency by itself.',
  schema: z.enum(['performance', 'balance_performance', 'default', 'balance_power', 'power']),
  accepted: 'performance, balance_performance, default, balance_power or power',
  versions: 'Linux 4.10 and newer with intel_pstate in active mode, 6.3 and newer with amd_pstate=active',
  effect: { latency: 'better', bandwidth: 'better', jitter: 'better' },
  risk: 'With the governor performance the kernel holds it at performance and refuses anything else.',
  source: 'Linux Documentation/admin-guide/pm/intel_pstate.rst',
  probe: `${folder}/cpufreq/policy*/energy_performance_preference`,
  host: buildFilePart({
    path: `${folder}/cpufreq/policy*/energy_performance_preference`,
    missing: 'this host has no energy preference (intel_pstate or amd_pstate in active mode has)',
  }),
});

const energyBias = defineHostParameter<number>({
  name: 'cpu.energy-bias',
  summary: 'Bias between performance (0) and saving of energy (15) in the processor.',
  schema: z.int().min(0).max(15),
  accepted: 'a whole number from 0 (performance) to 15 (saving), 6 is normal',
  versions: 'Linux 5.2 and newer on Intel processors; formerly x86_energy_perf_policy',
  effect: { latency: 'better', bandwidth: 'better', jitter: 'better' },
  risk: 'Costs power. A hint to the processor: what it makes of it is not documented.',
  source: 'Linux Documentation/admin-guide/pm/intel_epb.rst; TuneD latency-performance',
  probe: `${folder}/cpu*/power/energy_perf_bias`,
  host: buildFilePart({
    path: `${folder}/cpu*/power/energy_perf_bias`,
    missing: 'the processor of this host has no energy bias',
  }),
});

const megahertz = {
  schema: z.int().min(100).max(10_000),
  accepted: 'a whole number of MHz from 100 to 10000, such as 2000',
};

const inKilohertz = (value: number) => String(value * 1000);

const highestFrequency = defineHostParameter<number>({
  name: 'cpu.frequency.max',
  summary: 'Highest frequency of the processors, MHz; with the same lowest one it is fixed.',
  ...megahertz,
  versions: 'every Linux; the driver rounds to what the processor has, which then is a mismatch that says so',
  effect: { latency: 'worse', bandwidth: 'worse', jitter: 'better' },
  risk: 'Below what the processor can do it costs speed and gains evenness: it no longer depends on temperature.',
  source: 'Linux Documentation/admin-guide/pm/cpufreq.rst',
  probe: `${folder}/cpufreq/policy*/scaling_max_freq`,
  host: buildFilePart({
    path: `${folder}/cpufreq/policy*/scaling_max_freq`,
    missing: noFrequency,
    wanted: inKilohertz,
  }),
});

const lowestFrequency = defineHostParameter<number>({
  name: 'cpu.frequency.min',
  summary: 'Lowest frequency of the processors, MHz.',
  ...megahertz,
  versions: 'every Linux; the driver rounds to what the processor has, which then is a mismatch that says so',
  effect: { latency: 'better', bandwidth: 'better', jitter: 'better' },
  risk: 'Costs power. Above the highest one that is allowed the kernel takes that one.',
  source: 'Linux Documentation/admin-guide/pm/cpufreq.rst; TuneD latency-performance (min_perf_pct)',
  probe: `${folder}/cpufreq/policy*/scaling_min_freq`,
  host: buildFilePart({
    path: `${folder}/cpufreq/policy*/scaling_min_freq`,
    missing: noFrequency,
    wanted: inKilohertz,
  }),
});

/** What the file of each driver holds when turbo is on and when it is off: that of intel_pstate says the opposite. */
const turboFiles: Readonly<Record<string, readonly [string, string]>> = {
  [`${folder}/intel_pstate/no_turbo`]: ['0', '1'],
  [`${folder}/cpufreq/boost`]: ['1', '0'],
};

const turbo = defineHostParameter<boolean>({
  name: 'cpu.turbo',
  summary: 'Whether processors may run above their nominal frequency.',
  schema: onOff,
  accepted: acceptedOnOff,
  versions: 'every Linux; intel_pstate has a file of its own, other drivers share one',
  effect: { latency: 'better', bandwidth: 'better', jitter: 'worse' },
  risk: 'How far above depends on temperature and on what the other cores do: faster, and less even.',
  source: 'Linux Documentation/admin-guide/pm/cpufreq.rst, intel_pstate.rst',
  probe: Object.keys(turboFiles).join(' or '),
  host: buildHostPart({
    reads: () => ({ files: Object.keys(turboFiles) }),
    find: (_, { files }) => {
      const items = Object.entries(turboFiles).flatMap(([path, [on, off]]): HostItem[] => {
        const text = files[path]?.trim();
        return text === undefined ? [] : [{ name: path, text: text === on ? 'on' : text === off ? 'off' : text }];
      });
      return items.length === 0 ? notHere('this host has no control of turbo frequencies') : items;
    },
    set: ({ name }, text) => {
      const [on, off] = turboFiles[name] ?? ['1', '0'];
      return [{ kind: 'write', path: name, text: text === 'on' ? on : off }];
    },
  }),
});

const idleState = defineHostParameter<number>({
  name: 'cpu.idle-state',
  summary:
    'Deepest idle state that the processors may enter, by its number in the kernel: 0 polls, 1 is the first real one.',
  schema: z.int().min(0).max(9),
  accepted: 'a whole number from 0 to 9',
  versions: 'every Linux with a driver of cpuidle; which states there are is in cpuidle/state*/name',
  effect: { latency: 'better', bandwidth: 'depends', jitter: 'better' },
  risk: 'The processors stay warm, and those at work may lose their turbo. At 0 they poll: the host never rests.',
  source: 'Linux Documentation/admin-guide/pm/cpuidle.rst; takes the place of CPU_IDLE=n of the thesis, table 3.1',
  probe: `${folder}/cpu*/cpuidle/state*/disable`,
  host: buildFilePart<number>({
    path: `${folder}/cpu*/cpuidle/state*/disable`,
    missing: 'this host has no idle states to choose from (no driver of cpuidle)',
    parse: (text) => (text === '0' ? 'allowed' : 'disabled'),
    print: (setting) => (setting === 'allowed' ? '0' : '1'),
    wanted: (deepest, { name }) => (stateNumber(name) > deepest ? 'disabled' : 'allowed'),
  }),
});

/** Of `cpu0/state2`. */
function stateNumber(name: string): number {
  return Number(/(\d+)$/.exec(name)?.[1]);
}

const smt = defineHostParameter<boolean>({
  name: 'cpu.smt',
  summary: 'Whether the processors run two threads on each core.',
  schema: onOff,
  accepted: acceptedOnOff,
  versions: 'Linux 4.19 and newer; nosmt at boot does the same; the thesis switched it off in the BIOS',
  effect: { latency: 'worse', bandwidth: 'depends', jitter: 'worse' },
  risk: 'Off takes every second CPU away: what is pinned to one of them must be pinned anew.',
  source: 'Linux Documentation/ABI/testing/sysfs-devices-system-cpu (smt/control); thesis, section on hardware',
  changesFacts: ['host.cpu.smt', 'host.cpu.online'],
  probe: `${folder}/smt/control`,
  host: buildHostPart({
    reads: () => ({ files: [`${folder}/smt/control`] }),
    find: (_, { files }) => {
      const text = files[`${folder}/smt/control`]?.trim();
      // The other words say that there is nothing to switch; `forceoff` that only a boot can bring it back.
      if (text === undefined || text.startsWith('not'))
        return notHere('the processors of this host have one thread a core');
      return [{ name: '', text: text === 'forceoff' ? 'off' : text, changeable: text !== 'forceoff' }];
    },
    set: (_, text) => [{ kind: 'write', path: `${folder}/smt/control`, text }],
  }),
});

const correctedErrors = defineHostParameter<boolean>({
  name: 'cpu.ignore-corrected-errors',
  summary: 'Whether the kernel leaves off to ask the processors for errors of memory that they have corrected.',
  schema: onOff,
  accepted: acceptedOnOff,
  versions: 'Linux 2.6.31 and newer on x86; mce=ignore_ce at boot does the same',
  effect: { latency: 'none', bandwidth: 'none', jitter: 'better' },
  risk: 'A memory that is about to fail is noticed only when it has failed.',
  source: 'Linux Documentation/ABI/testing/sysfs-mce; TuneD cpu-partitioning',
  probe: '/sys/devices/system/machinecheck/machinecheck*/ignore_ce',
  host: buildFilePart({
    path: '/sys/devices/system/machinecheck/machinecheck*/ignore_ce',
    missing: 'the processors of this host report no errors of their own (no machine check)',
    parse: (text) => ({ 0: 'off', 1: 'on' })[text] ?? text,
    print: (setting) => ({ off: '0', on: '1' })[setting] ?? setting,
  }),
});

export const hostCpuParameters = [
  ...[governor, energyPreference, energyBias, highestFrequency, lowestFrequency],
  ...[turbo, idleState, smt, correctedErrors],
];
