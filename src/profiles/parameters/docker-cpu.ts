import * as z from 'zod';
import { defineParameter } from '../define-parameter.ts';
import { findMissingCpus, linuxList } from '../linux-list.ts';
import { readAllowedList } from './allowed-list.ts';

export const dockerCpuset = defineParameter<string>({
  name: 'guest.docker.cpuset',
  layer: 'guest',
  summary: 'The CPUs on which the threads of the container may run.',
  schema: linuxList,
  accepted: 'a Linux CPU list such as 1, "0-3,5" or [0, 1]',
  versions: 'Docker 1.7 and newer; the older spelling --cpuset is gone since 1.10',
  replacedBy: null,
  switching: 'deployment',
  effect: { latency: 'depends', bandwidth: 'depends', jitter: 'better' },
  risk:
    'On CPUs taken out of load balancing (isolcpus, domain) all threads of a container pile up on the first of them: ' +
    'give such a container one CPU. Server and client on one CPU or on two differ more than most tunings do.',
  source: 'docker run reference (--cpuset-cpus); Linux Documentation/admin-guide/cgroup-v2.rst (cpuset.cpus)',
  changesFacts: [],
  misfit: (value, { cpus }) => findMissingCpus(value, cpus),
  probe: '/proc/PID/status Cpus_allowed_list',
  docker: {
    // An unknown CPU makes docker run end with 125, a typing error in the list as well: nothing is ignored silently.
    arguments: (value) => ['--cpuset-cpus', value],
    read: (value, { processStatus }) => readAllowedList('Cpus_allowed_list', value, processStatus),
  },
});

export const dockerCpusetMemory = defineParameter<string>({
  name: 'guest.docker.cpuset-mems',
  layer: 'guest',
  summary: 'The NUMA nodes from which the container gets its memory.',
  schema: linuxList,
  accepted: 'a list of NUMA nodes such as 0, "0-1" or [0, 1]',
  versions: 'Docker 1.7 and newer',
  replacedBy: null,
  switching: 'deployment',
  effect: { latency: 'better', bandwidth: 'better', jitter: 'better' },
  risk:
    'Good is the node of the CPUs and of the NIC; any other costs every packet a way between the sockets. A node that ' +
    'is full ends in swapping or a killed server although others are empty. Inert on a machine with one node.',
  source: 'docker run reference (--cpuset-mems); Linux Documentation/admin-guide/cgroup-v2.rst (cpuset.mems)',
  changesFacts: [],
  // A node that the machine lacks makes docker run fail with a sentence that names those it has.
  misfit: () => null,
  probe: '/proc/PID/status Mems_allowed_list',
  docker: {
    arguments: (value) => ['--cpuset-mems', value],
    read: (value, { processStatus }) => readAllowedList('Mems_allowed_list', value, processStatus),
  },
});

/** The kernel takes the quota in whole microseconds of a period that Docker sets to 100 ms. */
const quotaDecimals = 5;

export const dockerCpus = defineParameter<number>({
  name: 'guest.docker.cpus',
  layer: 'guest',
  summary: 'CPU time that the container may use, in CPUs: 0.5 is half of one.',
  schema: z
    .number()
    .min(0.01)
    .max(8192)
    .refine((value) => Number(value.toFixed(quotaDecimals)) === value, {
      error: `finer than ${quotaDecimals} decimals cannot be set`,
    }),
  accepted: 'a number of CPUs from 0.01 to those of the machine, such as 0.5',
  versions: 'Docker 1.13 and newer; older ones have --cpu-period and --cpu-quota',
  replacedBy: null,
  switching: 'deployment',
  effect: { latency: 'worse', bandwidth: 'worse', jitter: 'worse' },
  risk:
    'A container that has used up its quota stands still until the next period of 100 ms: the tail of the latency ' +
    'grows by tens of milliseconds. Good for a canary, and for a share that a neighbour must never exceed.',
  source: 'docker run reference (--cpus); Linux Documentation/scheduler/sched-bwc.rst',
  changesFacts: [],
  misfit: (value, { cpus }) =>
    value <= cpus.length ? null : `this machine has ${cpus.length} CPUs, accepted is from 0.01 to ${cpus.length}`,
  probe: 'cgroup cpu.max, or cpu.cfs_quota_us / cpu.cfs_period_us',
  docker: {
    arguments: (value) => ['--cpus', String(value)],
    read: (value, { cgroup: { cpuQuota } }) =>
      cpuQuota === null
        ? { found: 'no CPU quota', inForce: false }
        : { found: `CPU quota ${cpuQuota}`, inForce: Math.abs(cpuQuota - value) < 10 ** -quotaDecimals / 2 },
  },
});
