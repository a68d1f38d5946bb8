import { defineParameter } from '../define-parameter.ts';
import { machineSysctls } from '../machine-sysctls.ts';
import { documentSysctl, formatSysctl, networkSysctls, readSysctl, type Sysctl } from '../network-sysctls.ts';
import type { Parameter } from '../parameter.ts';

/** A guest starts with its own kernel's defaults: what the host has set does not reach it. */
function defineSysctl({ key, namespacedSince: _, ...texts }: Sysctl): Parameter {
  const path = `/proc/sys/${key.replaceAll('.', '/')}`;
  return defineParameter({
    changesFacts: [],
    ...texts,
    versions: "Linux 4.12 and newer, where the guest's kernel has it; the same in every QEMU",
    name: `guest.qemu.sysctl.${key}`,
    layer: 'guest',
    replacedBy: null,
    switching: 'deployment',
    source: documentSysctl(key),
    misfit: () => null,
    probe: `${path} read inside the guest`,
    qemu: {
      guestCommands: (value) => [{ program: 'sysctl', args: ['-w', `${key}=${formatSysctl(value)}`] }],
      guestReads: { files: [path] },
      read: (value, { guest }) => readSysctl(key, value, guest.files[path]),
    },
  });
}

export const qemuSysctls = [...networkSysctls, ...machineSysctls].map(defineSysctl);
