import { parseCpuList } from '../cpu-list.ts';
import { defineParameter } from '../define-parameter.ts';
import { linuxList } from '../linux-list.ts';
import { nameCommand } from '../name-command.ts';
import type { Reading } from '../reading.ts';

/** Folders of the interrupts of the virtio network device hold a folder of the queue's name, `virtio0-input.0`. */
const eachQueue =
  'for queue in /proc/irq/*/virtio*put.*; do ' +
  `irq=\${queue%/*}; number=\${irq##*/}; name=\${queue##*/}; kept=/tmp/interrupts-$number`;

/** How often an interrupt came, to all CPUs together. */
const count =
  'count() { sum=0; for word in $(grep "^ *$1:" /proc/interrupts); do ' +
  'case $word in *[!0-9]*) ;; *) sum=$((sum + word)) ;; esac; done; }';

/** Keeps the counts from the time when it was set. */
const write = [
  count,
  eachQueue,
  'echo "$0" >"$irq/smp_affinity_list" || exit; count "$number"; echo "$sum" >"$kept"',
  'done',
].join('\n');

/** An interrupt that nobody set here counts as one that has come often. */
const show = [
  count,
  eachQueue,
  'read -r asked <"$irq/smp_affinity_list"; read -r effective <"$irq/effective_affinity_list"',
  'before=-1000; [ -r "$kept" ] && read -r before <"$kept"; count "$number"',
  'echo "$name $asked $effective $((sum - before))"',
  'done',
].join('\n');

const reading = { program: 'sh', args: ['-c', show] };

export const qemuIrqAffinity = defineParameter<string>({
  name: 'guest.qemu.irq.affinity',
  layer: 'guest',
  summary: "CPUs of the guest on which its network device's interrupts are handled.",
  schema: linuxList,
  accepted: 'a Linux CPU list of the guest\'s own CPUs, such as 0, "0-1" or [0, 2]',
  versions: 'Linux 2.6 and newer; what the kernel made of it is shown since 4.13. No irqbalance runs in the guest',
  replacedBy: null,
  switching: 'deployment',
  effect: { latency: 'depends', bandwidth: 'depends', jitter: 'better' },
  risk: 'Of several CPUs x86 uses one for each interrupt. All on one CPU make that one the limit of the bandwidth.',
  source: 'Linux Documentation/core-api/irq/irq-affinity.rst',
  changesFacts: [],
  misfit: () => null,
  probe: '/proc/irq/*/smp_affinity_list and effective_affinity_list of the queues of virtio-net inside the guest',
  qemu: {
    settings: (value) => ({ guestCpus: { 'guest.qemu.irq.affinity': value } }),
    guestCommands: (value) => [{ program: 'sh', args: ['-c', write, value] }],
    guestReads: { commands: [reading] },
    read: (value, { guest }) => readQueues(value, guest.outputs[nameCommand(reading)] ?? ''),
  },
});

/** The first may find the interrupt's former move unfinished, the second then moves it. */
const interruptsToMove = 2;

/**
 * Lines such as `virtio0-input.0 0-1 1 7`: the queue, what was asked for, where the interrupt goes, and how many came since
 * it was set. The kernel moves an interrupt when it comes, and until then shows where the last one went.
 */
function readQueues(value: string, text: string): Reading {
  const queues = text
    .split('\n')
    .filter(Boolean)
    .map((line) => line.split(' '));
  if (queues.length === 0) return { found: 'no interrupt of a virtio-net queue', inForce: false };
  const allowed = parseCpuList(value);
  const obeys = (effective: string | undefined) =>
    effective !== undefined && parseCpuList(effective).every((cpu) => allowed.includes(cpu));
  const waits = (since: string | undefined) => since !== undefined && Number(since) <= interruptsToMove;
  return {
    found: queues
      .map(([queue, asked, effective, since]) =>
        waits(since) && !obeys(effective)
          ? `${queue} may go to ${asked}, moves there with the next that come`
          : `${queue} may go to ${asked}, goes to ${effective}`,
      )
      .join('; '),
    inForce: queues.every(([, asked, effective, since]) => asked === value && (waits(since) || obeys(effective))),
  };
}
