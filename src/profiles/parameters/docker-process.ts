import * as z from 'zod';
import { defineParameter, transformWith } from '../define-parameter.ts';
import { formatMemorySize, parseMemorySize } from '../memory-size.ts';
import { acceptedOnOff, onOff } from '../on-off.ts';
import type { Reading } from '../reading.ts';
import { describeScheduling, fifo } from '../scheduling.ts';

/**
 * Microseconds of each second that the container's real-time processes may use of a CPU, where the kernel shares real
 * time out among cgroups (CONFIG_RT_GROUP_SCHED) and gives a new one nothing: below the 950000 that all have together.
 */
const realTimeBudgetMicroseconds = 900_000;

export const dockerServerPriority = defineParameter<number>({
  name: 'guest.docker.server.priority',
  layer: 'guest',
  summary: 'Real-time priority (SCHED_FIFO) of every process of the container; those that a server forks inherit it.',
  schema: z.int().min(1).max(99),
  accepted: 'a whole number from 1 to 99',
  versions:
    'every Linux. Kernels with CONFIG_RT_GROUP_SCHED and cgroup v1 need a budget for the container, which is given: ' +
    '0.9 s of each second',
  replacedBy: null,
  switching: 'deployment',
  effect: { latency: 'better', bandwidth: 'depends', jitter: 'better' },
  risk:
    'A server that never sleeps starves whatever shares its CPU, soft interrupts that run in threads included: stay ' +
    'below their priority (50 on PREEMPT_RT) and off the CPUs of the host. Real time is throttled at 0.95 s of each ' +
    'second unless sched_rt_runtime_us says otherwise.',
  source: 'sched(7), chrt(1); Linux Documentation/scheduler/sched-rt-group.rst',
  changesFacts: [],
  misfit: () => null,
  probe: '/proc/PID/stat of every process of the container, policy and rt_priority',
  docker: {
    commands: (value, { processes, realTimeBudgets }) => [
      ...realTimeBudgets.map((file) => ({
        program: 'sh',
        args: ['-c', 'echo "$1" >"$0"', file, String(realTimeBudgetMicroseconds)],
      })),
      ...processes.map((pid) => ({
        program: 'chrt',
        args: ['--fifo', '--all-tasks', '--pid', String(value), String(pid)],
      })),
    ],
    read: (value, { processes }) => ({
      found: processes.map(describeScheduling).join(', ') || 'no process',
      inForce: processes.length > 0 && processes.every(({ policy, priority }) => policy === fifo && priority === value),
    }),
  },
});

export const dockerTerminal = defineParameter<boolean>({
  name: 'guest.docker.tty',
  layer: 'guest',
  summary: 'Whether the servers of the container run on a pseudo-terminal, as an interactive container does.',
  schema: onOff,
  accepted: acceptedOnOff,
  versions: 'every Docker by --tty; together with --interactive it ends with 1 where no terminal starts it',
  replacedBy: 'off: servers have no use for a terminal',
  switching: 'deployment',
  effect: { latency: 'worse', bandwidth: 'none', jitter: 'worse' },
  risk: 'Every line that a server prints passes the terminal and the daemon while it measures.',
  source: 'docker run reference (--tty)',
  changesFacts: [],
  misfit: () => null,
  probe: '/proc/PID/fd/1 of the first process, docker inspect Config.Tty',
  docker: {
    arguments: (value) => (value ? ['--tty'] : []),
    read: (value, { terminal: { standardOutput, daemon } }) => ({
      // A pipe's number says nothing and differs from start to start.
      found: `standard output ${standardOutput.replace(/:\[\d+\]$/, '')}, daemon ${daemon ? 'with' : 'without'} a terminal`,
      inForce: daemon === value && /^\/dev\/(pts\/\d+|console)$/.test(standardOutput) === value,
    }),
  },
});

const unlimited = 'unlimited';

export const dockerLockedMemory = defineParameter<string>({
  name: 'guest.docker.ulimit.memlock',
  layer: 'guest',
  summary: 'Memory that a process of the container may lock, so that it is never paged out.',
  schema: z
    .string()
    .transform(transformWith((text) => (text === unlimited ? text : formatMemorySize(parseMemorySize(text))))),
  accepted: 'a size with the unit MiB or GiB, such as 64MiB, or unlimited',
  versions: 'Docker 1.6 and newer; what is left out comes from the daemon',
  replacedBy: null,
  switching: 'deployment',
  effect: { latency: 'none', bandwidth: 'none', jitter: 'none' },
  risk:
    'Gives the permission only: a server that calls no mlock is paged as before. More than the daemon itself may have ' +
    'makes docker run fail where the daemon lacks CAP_SYS_RESOURCE.',
  source: 'docker run reference (--ulimit); setrlimit(2), RLIMIT_MEMLOCK',
  changesFacts: [],
  misfit: () => null,
  probe: '/proc/PID/limits Max locked memory',
  docker: {
    arguments: (value) => {
      const bytes = value === unlimited ? -1 : parseMemorySize(value);
      return ['--ulimit', `memlock=${bytes}:${bytes}`];
    },
    read: (value, { limits }) => readLockedMemory(value, limits),
  },
});

/** The line `Max locked memory         67108864             67108864             bytes`: soft limit, then hard. */
function readLockedMemory(requested: string, limits: string): Reading {
  const [, soft, hard] = /^Max locked memory[ \t]+(\S+)[ \t]+(\S+)/m.exec(limits) ?? [];
  if (soft === undefined || hard === undefined) return { found: 'no line Max locked memory', inForce: false };
  const [softSize, hardSize] = [soft, hard].map((bytes) =>
    bytes === unlimited ? unlimited : formatMemorySize(Number(bytes)),
  );
  return {
    found: `soft limit ${softSize}, hard limit ${hardSize}`,
    inForce: softSize === requested && hardSize === requested,
  };
}
