import type { DebianKernelName } from '../profiles/guest-kernel.ts';

/** Where Debian's archive has the kernels of guests. 6.12 is Debian 13's and in the backports of Debian 12. */
export const debianKernels = {
  'debian-6.1': { series: '6.1', metaPackage: 'linux-image-cloud-amd64' },
  'debian-6.1-rt': { series: '6.1', metaPackage: 'linux-image-rt-amd64' },
  'debian-6.12': { series: '6.12', metaPackage: 'linux-image-cloud-amd64' },
  'debian-6.12-rt': { series: '6.12', metaPackage: 'linux-image-rt-amd64' },
} as const satisfies Record<DebianKernelName, DebianKernel>;

export interface DebianKernel {
  readonly series: string;
  /** Depends on the newest image of its flavour. */
  readonly metaPackage: string;
}

export interface KernelPackage {
  readonly name: string;
  readonly version: string;
}

/**
 * The first image of the series that a meta package depends on, in apt's own order of preference; null when there is
 * none. Reads what `apt-cache show` prints, stanzas such as
 *
 *     Package: linux-image-cloud-amd64
 *     Version: 6.1.192-2
 *     Depends: linux-image-6.1.0-56-cloud-amd64 (= 6.1.192-2)
 */
export function chooseKernelPackage(shown: string, series: string): KernelPackage | null {
  for (const stanza of shown.split(/\n\s*\n/)) {
    const version = /^Version: (\S+)/m.exec(stanza)?.[1];
    const [, name, exact] = /^Depends:.*?\b(linux-image-\d[^\s,]*)(?: \(= ([^)\s]+)\))?/m.exec(stanza) ?? [];
    if (name !== undefined && version?.startsWith(`${series}.`)) return { name, version: exact ?? version };
  }
  return null;
}
