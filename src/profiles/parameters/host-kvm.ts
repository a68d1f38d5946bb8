import * as z from 'zod';
import { buildFilePart, parseChoice } from '../host-file.ts';
import { acceptedOnOff, onOff } from '../on-off.ts';
import { defineHostParameter } from './host-parameter.ts';

const folder = '/sys/module/kvm/parameters';
const noKvm = 'the module kvm is not loaded on this host';

const haltPoll = defineHostParameter<number>({
  name: 'kvm.halt-poll-ns',
  summary: 'Nanoseconds for which KVM waits for an idle virtual CPU to wake again before it lets the CPU go.',
  schema: z.int().min(0).max(10_000_000),
  accepted: 'a whole number of nanoseconds from 0 to 10000000, such as 200000',
  versions: 'Linux 4.0 and newer; 200000 unless it is said',
  effect: { latency: 'better', bandwidth: 'none', jitter: 'better' },
  risk: 'Costs time of the host, which its figures then show as busy. Guests that run by TCG do not use it.',
  source: 'Linux Documentation/virt/kvm/halt-polling.rst; TuneD cpu-partitioning',
  probe: `${folder}/halt_poll_ns`,
  host: buildFilePart({ path: `${folder}/halt_poll_ns`, missing: noKvm }),
});

const smallPages = defineHostParameter<boolean>({
  name: 'kvm.nx-huge-pages',
  summary: 'Whether KVM splits huge pages of a guest when it runs code in them, against a fault of some processors.',
  schema: onOff,
  accepted: acceptedOnOff,
  versions: 'Linux 5.4 and newer; on by itself where the processor has the fault (iTLB multihit)',
  effect: { latency: 'none', bandwidth: 'none', jitter: 'worse' },
  risk: 'Off lets a guest stop such a processor: only where guests are trusted.',
  source: 'Linux Documentation/admin-guide/hw-vuln/multihit.rst; TuneD realtime-virtual-host',
  changesFacts: ['host.mitigations.itlb_multihit'],
  probe: `${folder}/nx_huge_pages`,
  host: buildFilePart({
    path: `${folder}/nx_huge_pages`,
    missing: noKvm,
    parse: (text) => ({ Y: 'on', N: 'off' })[text] ?? text,
    print: (setting) => ({ on: 'force', off: 'off' })[setting] ?? setting,
  }),
});

const linkPower = defineHostParameter<string>({
  name: 'pci.link-power',
  summary: 'Whether links of PCI Express may sleep while nothing is sent over them (ASPM).',
  schema: z.enum(['default', 'performance', 'powersave', 'powersupersave']),
  accepted: 'default (as the firmware has it), performance, powersave or powersupersave',
  versions: 'Linux 2.6.26 and newer with CONFIG_PCIEASPM; the kernel refuses a change where the firmware keeps control',
  effect: { latency: 'better', bandwidth: 'none', jitter: 'better' },
  risk: 'Performance costs power; some cards get slower to answer by microseconds when their link sleeps.',
  source: 'Linux Documentation/admin-guide/kernel-parameters.txt (pcie_aspm.policy)',
  probe: '/sys/module/pcie_aspm/parameters/policy',
  host: buildFilePart({
    path: '/sys/module/pcie_aspm/parameters/policy',
    missing: 'the kernel of this host has no power management of PCI Express links',
    parse: parseChoice,
  }),
});

export const hostKvmParameters = [haltPoll, smallPages, linkPower];
