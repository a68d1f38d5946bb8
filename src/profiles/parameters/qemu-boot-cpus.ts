import * as z from 'zod';
import { bootFiles, readCallbackPolling, readCpus, readOffloadedCpus } from '../boot-readings.ts';
import { formatCpuList, parseCpuList } from '../cpu-list.ts';
import { parseCpuMask } from '../cpu-mask.ts';
import { transformWith } from '../define-parameter.ts';
import { linuxList } from '../linux-list.ts';
import { onOff } from '../on-off.ts';
import { defineBootParameter } from './define-boot-parameter.ts';

const isolatedFile = bootFiles.isolated;
const tickFile = bootFiles.tickless;
const interruptFile = bootFiles.interrupts;

const acceptedList = 'a Linux CPU list of the guest\'s own CPUs, such as 1, "1-3" or [1, 3]';

/** Both domain and managed_irq, as real-time guides have it; only the list itself can be read back. */
const managedPrefix = 'managed_irq,domain,';

const isolation = z.union([
  z
    .string()
    .startsWith(managedPrefix)
    .transform(transformWith((text) => managedPrefix + formatCpuList(parseCpuList(text.slice(managedPrefix.length))))),
  linuxList,
]);

export const qemuBootCpus = [
  defineBootParameter<string>({
    key: 'isolcpus',
    settings: (value) => ({ guestCpus: { 'guest.qemu.boot.isolcpus': value.replace(managedPrefix, '') } }),
    summary: 'CPUs of the guest that its scheduler leaves alone: tasks run there only when they are put there.',
    schema: isolation,
    accepted: `${acceptedList}, also after "${managedPrefix}"`,
    versions: 'every Linux; managed_irq since 5.6. The kernel keeps one CPU for itself, whatever the list says',
    effect: { latency: 'better', bandwidth: 'depends', jitter: 'better' },
    risk:
      'Several busy tasks that may use all isolated CPUs pile up on the first of them. A list with a CPU that the guest ' +
      'does not have is dropped whole. managed_irq cannot be read back.',
    source: 'Linux Documentation/admin-guide/kernel-parameters.txt, isolcpus; kernel/sched/isolation.c',
    changesFacts: ['guest.cpu.isolated'],
    files: [isolatedFile],
    find: ({ files }) => readCpus(files[isolatedFile], `no ${isolatedFile}`),
    expect: (value) => value.replace(managedPrefix, ''),
    probe: `${isolatedFile} inside the guest`,
  }),
  defineBootParameter<string>({
    key: 'nohz_full',
    settings: (value) => ({ guestCpus: { 'guest.qemu.boot.nohz_full': value } }),
    summary: 'CPUs of the guest that have no timer tick while one task runs there.',
    schema: linuxList,
    accepted: acceptedList,
    versions: 'Linux 3.10 and newer, built with NO_HZ_FULL, as those of Debian are',
    effect: { latency: 'depends', bandwidth: 'depends', jitter: 'better' },
    risk: 'Every system call costs more there. Callbacks of RCU of these CPUs are offloaded as well.',
    source: 'Linux Documentation/timers/no_hz.rst',
    files: [tickFile],
    find: ({ files }) => readCpus(files[tickFile], `no ${tickFile}`),
    probe: `${tickFile} inside the guest`,
  }),
  defineBootParameter<string>({
    key: 'rcu_nocbs',
    settings: (value) => ({ guestCpus: { 'guest.qemu.boot.rcu_nocbs': value } }),
    summary: 'CPUs of the guest whose callbacks of RCU are run by threads that can be put elsewhere.',
    schema: linuxList,
    accepted: acceptedList,
    versions: 'Linux 3.8 and newer, built with RCU_NOCB_CPU; a list of CPUs that do not exist offloads all of them',
    effect: { latency: 'depends', bandwidth: 'none', jitter: 'better' },
    risk: 'Without isolation the threads run where the callbacks would have run. nohz_full adds its CPUs.',
    source: 'Linux Documentation/admin-guide/kernel-parameters.txt, rcu_nocbs',
    find: readOffloadedCpus,
    probe: 'kernel log of the guest, "Offload RCU callbacks from CPUs"',
  }),
  defineBootParameter<boolean>({
    key: 'rcu_nocb_poll',
    summary: 'Whether the threads that run offloaded callbacks look for them by themselves instead of being woken.',
    schema: onOff,
    accepted: 'on or off, or true or false',
    versions: 'Linux 3.8 and newer; does nothing unless rcu_nocbs or nohz_full offloads a CPU',
    effect: { latency: 'depends', bandwidth: 'none', jitter: 'depends' },
    risk: 'The threads wake many times a second on the other CPUs; real-time profiles have dropped it.',
    source: 'Linux Documentation/admin-guide/kernel-parameters.txt, rcu_nocb_poll',
    words: (value) => (value ? ['rcu_nocb_poll'] : []),
    find: readCallbackPolling,
    expect: (value) => (value ? 'on' : 'off'),
    probe: 'kernel log of the guest, "Poll for callbacks from no-CBs CPUs"',
  }),
  defineBootParameter<string>({
    key: 'irqaffinity',
    settings: (value) => ({ guestCpus: { 'guest.qemu.boot.irqaffinity': value } }),
    summary: 'CPUs of the guest that interrupts go to unless something else is set for one of them.',
    schema: linuxList,
    accepted: acceptedList,
    versions: 'every Linux; the CPU that boots, 0, is always added',
    effect: { latency: 'depends', bandwidth: 'depends', jitter: 'better' },
    risk: 'Without it interrupts reach isolated CPUs. With all of them on one CPU that one is the limit.',
    source: 'Linux Documentation/admin-guide/kernel-parameters.txt, irqaffinity; kernel/irq/irqdesc.c',
    files: [interruptFile],
    find: ({ files }) => formatCpuList(parseCpuMask(files[interruptFile] ?? '')),
    probe: `${interruptFile} inside the guest`,
  }),
] as const;
