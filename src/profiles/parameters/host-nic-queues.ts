import * as z from 'zod';
import { formatCpuList, parseCpuList } from '../cpu-list.ts';
import { formatCpuMask, parseCpuMask } from '../cpu-mask.ts';
import { buildNicPart, parseQueueFiles, showQueueFiles, writeNicFile } from '../host-nic.ts';
import type { HostItem } from '../host-setting.ts';
import { findMissingCpus, linuxList } from '../linux-list.ts';
import type { MachineLimits } from '../parameter.ts';
import { cpus, defineHostParameter, itDepends } from './host-parameter.ts';

const cpusOrNone = {
  schema: z.union([z.literal('none'), linuxList]),
  accepted: 'a Linux CPU list such as 0, "0-1" or [0, 2], or none',
  misfit: (value: string, limits: MachineLimits) => (value === 'none' ? null : findMissingCpus(value, limits.cpus)),
};

/** The interrupts of the card. Those of virtio are one device further up. */
const eachInterrupt = [
  'for entry in "/sys/class/net/$0/device"/msi_irqs/* "/sys/class/net/$0/device"/../msi_irqs/*; do',
  'irq=$(basename "$entry"); folder=/proc/irq/$irq',
].join('\n');

/** Lines `NUMBER ASKED EFFECTIVE`, or only the number of one that the driver has not asked for yet, and what those get. */
const showInterrupts = [
  'echo "new $(cat /proc/irq/default_smp_affinity)"',
  eachInterrupt,
  '[ -e "$entry" ] || continue',
  'echo $irq $(cat "$folder/smp_affinity_list" "$folder/effective_affinity_list" 2>/dev/null)',
  'done',
].join('\n');

const moveInterrupts = [
  eachInterrupt,
  '[ -e "$folder" ] || continue',
  'echo "$1" >"$folder/smp_affinity_list" || exit',
  'done',
].join('\n');

const irqAffinity = defineHostParameter<string>({
  ...cpus,
  name: 'nic.irq-affinity',
  summary: 'CPUs of the host that handle the interrupts of the card.',
  versions: 'Linux 2.6 and newer; what the kernel made of it is shown since 4.13',
  effect: { latency: 'depends', bandwidth: 'depends', jitter: 'better' },
  risk:
    'irqbalance moves them again: see host.irqbalance. Of several CPUs x86 uses one for each interrupt. Managed ' +
    'interrupts of some drivers cannot be moved, which is an error when it is set.',
  source: 'Linux Documentation/core-api/irq/irq-affinity.rst',
  probe: '/proc/irq/NUMBER/smp_affinity_list of those in /sys/class/net/NAME/device/msi_irqs',
  host: buildNicPart<string>({
    show: (device) => ({ program: 'sh', args: ['-c', showInterrupts, device] }),
    what: 'interrupts of its own',
    find: findInterrupts,
    set: (device, { name, former }, text) => {
      if (name !== noneYet) return [move(name, text)];
      const moveAll = { program: 'sh', args: ['-c', moveInterrupts, device, text] };
      const link = (state: string) => ({ program: 'ip', args: ['link', 'set', 'dev', device, state] });
      return text === former ? [moveAll] : [link('up'), moveAll, link('down')];
    },
  }),
});

/** A card that was never up since the boot: to have interrupts that can be placed, it is brought up for a moment. */
const noneYet = 'none yet';

function move(irq: string, cpuList: string) {
  return { program: 'sh', args: ['-c', 'echo "$1" >"$0"', `/proc/irq/${irq}/smp_affinity_list`, cpuList] };
}

function findInterrupts(text: string): HostItem[] {
  const [first = [], ...interrupts] = text
    .split('\n')
    .filter(Boolean)
    .map((line) => line.split(' '));
  const known = interrupts.filter(([, asked]) => asked !== undefined);
  if (known.length > 0) return known.map(readInterrupt);
  const former = formatCpuList(parseCpuMask(first[1] ?? ''));
  return interrupts.length === 0 ? [] : [{ name: noneYet, text: 'never up since the boot', former }];
}

/** The kernel moves an interrupt when it next comes, and until then shows where the last one went: what was accepted counts. */
function readInterrupt([name = '', text = '', effective = '']: readonly string[]): HostItem {
  const isThere = effective === '' || parseCpuList(effective).every((cpu) => parseCpuList(text).includes(cpu));
  return { name, text, ...(isThere ? {} : { remark: `from ${effective} with the next that comes` }) };
}

const toList = (mask: string) => formatCpuList(parseCpuMask(mask)) || 'none';
const toMask = (list: string) => formatCpuMask(list === 'none' ? [] : parseCpuList(list));

/** A mask in a file of every queue of one kind. */
function queueMask(file: 'rps_cpus' | 'xps_cpus', what: string) {
  return buildNicPart<string>({
    show: showQueueFiles(file),
    what,
    find: (text) => parseQueueFiles(text).map(({ queue, text: mask }) => ({ name: queue, text: toList(mask) })),
    set: (device, { name }, text) => [writeNicFile(device, `queues/${name}/${file}`, toMask(text))],
  });
}

const receiveSteering = defineHostParameter<string>({
  ...cpusOrNone,
  name: 'nic.rps-cpus',
  summary: 'CPUs among which received packets are spread in software (RPS), for every receive queue.',
  versions: 'Linux 2.6.35 and newer',
  effect: itDepends,
  risk: 'Every packet then waits for one more interrupt between CPUs; needed where a card has fewer queues than there is work.',
  source: 'Linux Documentation/networking/scaling.rst',
  probe: '/sys/class/net/NAME/queues/rx-*/rps_cpus',
  host: queueMask('rps_cpus', 'receive queues to steer'),
});

const transmitSteering = defineHostParameter<string>({
  ...cpusOrNone,
  name: 'nic.xps-cpus',
  summary: 'CPUs whose packets every transmit queue of the card takes (XPS).',
  versions: 'Linux 2.6.38 and newer; needs more than one transmit queue',
  effect: itDepends,
  risk: 'With the same CPUs for all queues the kernel chooses among them by the flow. Drivers set a map of their own at first.',
  source: 'Linux Documentation/networking/scaling.rst',
  probe: '/sys/class/net/NAME/queues/tx-*/xps_cpus',
  host: queueMask('xps_cpus', 'choice of transmit queues'),
});

export const hostNicQueues = [irqAffinity, receiveSteering, transmitSteering];
