import * as z from 'zod';
import { bootFiles, readMitigations, readPreemption } from '../boot-readings.ts';
import {
  debianKernelPattern,
  explainMissingKernel,
  findHostKernel,
  isHostKernel,
  releasePattern,
} from '../host-kernel.ts';
import { notHere } from '../host-setting.ts';
import { acceptedOnOff, onOff } from '../on-off.ts';
import type { Reading } from '../reading.ts';
import { defineHostBoot, type HostBootReadings } from './define-host-boot.ts';

const kernelParameters = 'Linux Documentation/admin-guide/kernel-parameters.txt';
const releaseFile = '/proc/sys/kernel/osrelease';
const versionFile = '/proc/sys/kernel/version';
const groupFiles = '/sys/kernel/iommu_groups/*/type';
const threadsFile = '/sys/devices/system/cpu/smt/control';
const preemptionFile = '/sys/kernel/debug/sched/preempt';

function readGroups(value: boolean, { files, log }: HostBootReadings): Reading {
  const types = Object.entries(files).flatMap(([path, text]) =>
    path.startsWith('/sys/kernel/iommu_groups/') ? [text] : [],
  );
  const untranslated = types.filter((type) => type === 'identity').length;
  const driver = log.find(/(DMAR: IOMMU enabled|AMD-Vi: [^\n]*)/);
  const found =
    types.length === 0 ? 'no IOMMU group' : `${types.length} IOMMU groups, ${untranslated} of type identity`;
  const inForce = value ? untranslated > 0 : types.length === 0;
  return { found: driver === null ? found : `${found}; ${driver}`, inForce };
}

function readThreads(value: boolean, { files }: HostBootReadings): Reading {
  const state = files[threadsFile] ?? 'notsupported';
  if (state.startsWith('not')) return notHere(`the processors have no threads to switch off (${state})`);
  return { found: state, inForce: state.endsWith('off') === value };
}

function readPreemptionMode(readings: HostBootReadings): string {
  const [, mode] = /\((\w+)\)/.exec(readings.files[preemptionFile] ?? '') ?? [];
  if (mode !== undefined) return mode;
  const said = readPreemption(readings);
  const realTime = /\bPREEMPT_RT\b/.test(readings.files[versionFile] ?? '');
  return realTime && /^no /.test(said) ? `${said}, which is PREEMPT_RT` : said;
}

export const hostBootKernel = [
  defineHostBoot<string>({
    key: 'kernel',
    summary: 'Kernel that the host boots, one of those that are installed there.',
    schema: z.union([z.string().regex(debianKernelPattern), z.string().regex(releasePattern)]),
    accepted:
      'a kernel by its name, such as debian-6.1, debian-6.1-rt, debian-6.12 or debian-6.12-rt, or by its release as uname -r prints it',
    versions: 'PREEMPT_RT kernels are packages of the distribution: linux-image-rt-amd64 in Debian',
    effect: { latency: 'depends', bandwidth: 'depends', jitter: 'better' },
    risk: 'A real-time kernel trades bandwidth for a bounded latency, and has no transparent huge pages.',
    source: 'Debian packages linux-image-amd64, linux-image-rt-amd64; thesis, section on software',
    // What a kernel says of the processor's flaws and its clocks, and whether it has huge pages by itself, is its own.
    changesFacts: [
      ...['host.kernel.release', 'host.kernel.version', 'host.mitigations.*'],
      ...['host.memory.transparent_hugepages', 'host.memory.gibibytes', 'host.cpu.clocksource'],
    ],
    misfit: (value, { kernels }) =>
      kernels === undefined || findHostKernel(value, kernels) !== null
        ? null
        : explainMissingKernel(kernels, 'this machine'),
    boot: (kernel) => ({ kernel }),
    bootKeys: [],
    files: [releaseFile, versionFile],
    find: ({ files }, value) => {
      const [release = 'unknown', version = ''] = [files[releaseFile], files[versionFile]];
      return { found: `${release} ${version}`.trim(), inForce: isHostKernel(value, release, version) };
    },
    probe: 'uname -r and -v; PREEMPT_RT in the version',
  }),
  defineHostBoot<string>({
    key: 'preempt',
    summary: "When a task in the host's kernel gives way to another.",
    schema: z.enum(['none', 'voluntary', 'full', 'lazy']),
    accepted: 'none, voluntary, full or lazy',
    versions:
      'Linux 5.12 and newer with PREEMPT_DYNAMIC; lazy since 6.13 and in later 6.12 of Debian; x86 has only full and ' +
      'lazy from 7.0 on. PREEMPT_RT kernels of 6.1 have no choice, newer ones full or lazy',
    effect: { latency: 'depends', bandwidth: 'depends', jitter: 'depends' },
    risk: 'A mode that the kernel does not have leaves its default, while the command line still shows the word.',
    source: `${kernelParameters}, preempt; kernel/sched/core.c`,
    files: [preemptionFile, versionFile],
    find: readPreemptionMode,
    probe: `${preemptionFile}, where debugfs is mounted, else the kernel's log: Dynamic Preempt`,
  }),
  defineHostBoot<string>({
    key: 'mitigations',
    summary: 'Whether the host protects itself and its guests against the flaws of its processors.',
    schema: z.enum(['off', 'auto']),
    accepted: 'off or auto',
    versions: 'Linux 5.2 and newer',
    effect: { latency: 'better', bandwidth: 'better', jitter: 'none' },
    risk: 'off lets a guest read what it must not: only on a host that nobody else uses, for measuring.',
    source: `${kernelParameters}, mitigations`,
    changesFacts: ['host.mitigations.*'],
    files: [bootFiles.mitigation],
    find: readMitigations,
    probe: bootFiles.mitigation,
  }),
  defineHostBoot<boolean>({
    key: 'nosmt',
    summary: 'Whether the second threads of the processors stay off.',
    schema: onOff,
    accepted: acceptedOnOff,
    versions: 'Linux 4.19 and newer; the thesis switched them off in the firmware',
    effect: { latency: 'depends', bandwidth: 'depends', jitter: 'better' },
    risk: 'Half of the CPUs are gone, and lists that name them no longer fit.',
    source: `${kernelParameters}, nosmt; Documentation/ABI/testing/sysfs-devices-system-cpu`,
    changesFacts: ['host.cpu.smt', 'host.cpu.online', 'host.mitigations.*'],
    boot: (value) => ({ words: value ? ['nosmt'] : [] }),
    files: [threadsFile],
    find: (readings, value) => readThreads(value, readings),
    probe: threadsFile,
  }),
  defineHostBoot<boolean>({
    key: 'iommu',
    summary: 'Whether the IOMMU is in use, with devices of the host passed through it untranslated (iommu=pt).',
    schema: onOff,
    accepted: acceptedOnOff,
    versions: 'every Linux: intel_iommu=on iommu=pt; that of AMD is in use by itself',
    effect: { latency: 'none', bandwidth: 'none', jitter: 'none' },
    risk: 'Without iommu=pt every transfer of the host itself is translated as well, which costs bandwidth.',
    source: `${kernelParameters}; thesis, table 3.1 (IOMMU_DEFAULT_ON)`,
    boot: (value) => ({ words: value ? ['intel_iommu=on', 'iommu=pt'] : ['intel_iommu=off', 'amd_iommu=off'] }),
    bootKeys: ['intel_iommu', 'amd_iommu', 'iommu', 'iommu.passthrough'],
    files: [groupFiles],
    find: (readings, value) => readGroups(value, readings),
    probe: '/sys/kernel/iommu_groups: groups, and their type identity',
  }),
] as const;
