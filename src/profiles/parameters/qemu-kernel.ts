import * as z from 'zod';
import { defineParameter } from '../define-parameter.ts';
import { debianKernelNames, isDebianKernelName } from '../guest-kernel.ts';
import { staysBelow } from '../stays-below.ts';

const versionFile = '/proc/version';
const releaseFile = '/proc/sys/kernel/osrelease';

/** Absolute, without anything that leads upwards, and short enough for every file system. */
const path = z
  .string()
  .regex(/^(\/[\w.+~@-]+)+$/)
  .max(1024)
  .refine(staysBelow);

export const qemuKernel = defineParameter<string>({
  name: 'guest.qemu.kernel',
  layer: 'guest',
  summary: "The guest's kernel: one of Debian's, or one of your own by its path on the machine.",
  schema: z.union([z.enum(debianKernelNames), path]),
  accepted: `${debianKernelNames.join(', ')}, or the absolute path of a bzImage or vmlinux`,
  versions:
    'Debian 12 has 6.1, its backports and Debian 13 have 6.12; without this parameter guests have the stock kernel of the Debian that they are made on. The PREEMPT_RT patch of the thesis is part of Linux since 6.12',
  replacedBy: null,
  switching: 'deployment',
  effect: { latency: 'depends', bandwidth: 'depends', jitter: 'depends' },
  risk:
    'A PREEMPT_RT kernel gives up bandwidth for bounded delays. Under QEMU 7.2 without KVM about one start in six of ' +
    'debian-6.12 dies. A kernel of your own needs PVH and virtio_net, built in or as modules below /lib/modules.',
  source: 'Debian packages linux-image-cloud-amd64 and linux-image-rt-amd64; Linux Documentation/arch/x86/boot.rst',
  changesFacts: ['guest.kernel.release', 'guest.kernel.version'],
  misfit: () => null,
  hostPath: (value) => (isDebianKernelName(value) ? null : value),
  probe: `${releaseFile} and ${versionFile} inside the guest`,
  qemu: {
    settings: (value) => ({ kernel: value }),
    guestReads: { files: [releaseFile, versionFile] },
    read: (value, { guest: { files } }) => {
      const release = files[releaseFile] ?? 'no release';
      const isRealTime = / PREEMPT_RT /.test(files[versionFile] ?? '');
      return {
        found: `${release}${isRealTime ? ' with PREEMPT_RT' : ''}`,
        inForce: matches(value, release, isRealTime),
      };
    },
  },
});

/** Of one's own kernel nothing is known before it runs, but that it is none of the names. */
function matches(value: string, release: string, isRealTime: boolean): boolean {
  if (!isDebianKernelName(value)) return release !== 'no release';
  const [, series = '', realTime] = /^debian-([\d.]+)(-rt)?$/.exec(value) ?? [];
  return release.startsWith(`${series}.`) && isRealTime === (realTime !== undefined);
}
