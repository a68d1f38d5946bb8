import { defineParameter } from '../define-parameter.ts';
import { documentSysctl, formatSysctl, networkSysctls, readSysctl, type Sysctl } from '../network-sysctls.ts';
import type { Parameter } from '../parameter.ts';

/** A new network namespace starts with the host's values, so that a parameter left out means: as the host has it. */
function defineSysctl({ key, namespacedSince = '4.15 or earlier', ...texts }: Sysctl): Parameter {
  return defineParameter({
    changesFacts: [],
    ...texts,
    versions: `Docker 1.12 and newer; a setting of each network namespace since Linux ${namespacedSince}`,
    name: `guest.docker.sysctl.${key}`,
    layer: 'guest',
    replacedBy: null,
    switching: 'deployment',
    source: `docker run reference (--sysctl); ${documentSysctl(key)}`,
    misfit: () => null,
    probe: `/proc/sys/${key.replaceAll('.', '/')} read in the container's network namespace`,
    docker: {
      // A key that the kernel does not have here, or a value that it refuses, makes docker run fail.
      arguments: (value) => ['--sysctl', `${key}=${formatSysctl(value)}`],
      read: (value, { sysctls }) => readSysctl(key, value, sysctls[key]),
    },
  });
}

export const dockerSysctls = networkSysctls.map(defineSysctl);

/** Dotted names of the settings that the probes read. */
export const dockerSysctlKeys = networkSysctls.map(({ key }) => key);
