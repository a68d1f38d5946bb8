import * as z from 'zod';
import { formatCpuList, parseCpuList } from '../cpu-list.ts';
import { partitionPart } from '../host-partition.ts';
import { buildHostPart, type HostItem, notHere } from '../host-setting.ts';
import { findMissingCpus, linuxList } from '../linux-list.ts';
import { nameCommand } from '../name-command.ts';
import { acceptedOnOff, onOff } from '../on-off.ts';
import { betterAnswers, defineHostParameter } from './host-parameter.ts';

const partition = defineHostParameter<string>({
  name: 'cpu.partition',
  summary: 'CPUs of the host that the scheduler leaves alone but for containers, without a boot (cgroup v2).',
  schema: linuxList,
  accepted: 'a Linux CPU list such as 1, "1-4" or [1, 2]',
  versions: 'Linux 6.1 and newer, where cgroup v2 is what the host uses',
  effect: betterAnswers,
  risk:
    'Containers can run on these CPUs only, virtual machines on the others only: guest.qemu.vcpu.pin must not name ' +
    'them. Interrupts and RCU callbacks still come. Of host-boot.isolcpus and this one is enough.',
  source: 'Linux Documentation/admin-guide/cgroup-v2.rst (cpuset.cpus.partition)',
  misfit: (value, { cpus }) =>
    findMissingCpus(value, cpus) ??
    (parseCpuList(value).length < cpus.length
      ? null
      : `that leaves no CPU to the host itself, accepted are at most ${cpus.length - 1} of ${formatCpuList(cpus)}`),
  probe: '/sys/fs/cgroup/tunegate/cpuset.cpus.partition',
  host: partitionPart,
});

const listBalancers = { program: 'sh', args: ['-c', 'grep -slx irqbalance /proc/[0-9]*/comm; exit 0'] };
const askUnit = { program: 'systemctl', args: ['show', '--property=LoadState', 'irqbalance.service'] };

const balancer = defineHostParameter<boolean>({
  name: 'irqbalance',
  summary: 'Whether irqbalance runs, which moves interrupts between CPUs by its own judgement.',
  schema: onOff,
  accepted: acceptedOnOff,
  versions: 'where systemd starts it; every distribution has the package, Ubuntu servers have it installed',
  effect: { latency: 'depends', bandwidth: 'depends', jitter: 'worse' },
  risk: 'It moves what host.nic.irq-affinity has placed. Off, the interrupts stay where it has put them last.',
  source: 'irqbalance(1); TuneD cpu-partitioning (banned CPUs)',
  probe: 'processes named irqbalance',
  host: buildHostPart({
    reads: () => ({ commands: [listBalancers, askUnit] }),
    find: (value, { outputs }) => {
      const runs = (outputs[nameCommand(listBalancers)] ?? '').includes('/comm');
      const isThere = outputs[nameCommand(askUnit)]?.trim() === 'LoadState=loaded';
      if (!runs && !isThere && value) return notHere('this host has no service irqbalance');
      return [{ name: '', text: runs ? 'on' : 'off' }];
    },
    set: (_, text) => [
      { kind: 'run', program: 'systemctl', args: [text === 'on' ? 'start' : 'stop', 'irqbalance.service'] },
    ],
  }),
});

const swap = defineHostParameter<'off'>({
  name: 'memory.swap',
  summary: 'Takes every swap area out of use.',
  schema: z.union([z.literal('off'), z.literal(false).transform(() => 'off' as const)]),
  accepted: 'off; what was in use comes back with the way back',
  versions: 'every Linux; swapoff',
  effect: { latency: 'none', bandwidth: 'none', jitter: 'better' },
  risk: 'What is swapped out must fit into the memory, else the kernel refuses, or ends programs.',
  source: 'swapoff(8); CSIT, configuration of its test machines',
  probe: '/proc/swaps',
  host: buildHostPart({
    reads: () => ({ files: ['/proc/swaps'] }),
    find: (_, { files }) => {
      const text = files['/proc/swaps'];
      return text === undefined ? notHere('the kernel of this host has no swap') : findSwaps(text);
    },
    set: ({ name, former }, text) => [
      text === 'off'
        ? { kind: 'run', program: 'swapoff', args: [name] }
        : { kind: 'run', program: 'swapon', args: ['--priority', former ?? '-1', name] },
    ],
  }),
});

/** Lines such as `/dev/sda2 partition 975868 0 -2` below a heading; priorities below 0 are the kernel's own choice. */
function findSwaps(text: string): HostItem[] {
  const areas = text
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter((words) => words.length >= 5);
  if (areas.length === 0) return [{ name: '', text: 'off' }];
  return areas.map(([name = '', , , , priority = '-1']) => ({
    name: name.replaceAll('\\040', ' '),
    text: 'on',
    former: Number(priority) < 0 ? '-1' : priority,
  }));
}

export const hostIsolationParameters = [partition, balancer, swap];
