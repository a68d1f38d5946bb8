import { ConfigurationError } from '../errors.ts';

/** `debian-6.12-rt`: Debian's newest installed kernel of that series, `-rt` the PREEMPT_RT one. */
export const debianKernelPattern = /^debian-(\d+\.\d+)(-rt)?$/;

/** `6.8.0-31-generic`: exactly that one, as `uname -r` prints it. Only what is installed can be meant. */
export const releasePattern = /^\d+\.\d+[A-Za-z0-9.+~_-]{0,59}$/;

/**
 * The release of the kernel that a name means, of those that are installed: `debian-6.12-rt` is
 * `6.12.95+deb12-rt-amd64`. null when there is none. Of several versions it is the highest; where Debian's ordinary
 * kernel is not installed its cloud flavour stands in.
 */
export function findHostKernel(name: string, installed: readonly string[]): string | null {
  const [, series, realTime] = debianKernelPattern.exec(name) ?? [];
  if (series === undefined) return installed.includes(name) ? name : null;
  const flavours = realTime === undefined ? ['', 'cloud-'] : ['rt-'];
  for (const flavour of flavours) {
    const matching = installed.filter((release) => flavourOf(release, series) === flavour);
    const newest = matching.toSorted(compareReleases).at(-1);
    if (newest !== undefined) return newest;
  }
  return null;
}

/** Throws a `ConfigurationError` that names the kernels that are there. */
export function chooseHostKernel(name: string, installed: readonly string[], machine: string): string {
  const release = findHostKernel(name, installed);
  if (release !== null) return release;
  throw new ConfigurationError(`host-boot.kernel is ${name}, but ${explainMissingKernel(installed, machine)}`);
}

export function explainMissingKernel(installed: readonly string[], machine: string): string {
  return `${machine} has no such kernel in /boot, accepted is one of ${[...installed].sort(compareReleases).join(', ') || 'none: there is none with an initial RAM disk'}`;
}

/** Whether a running kernel is the one that the name means; a real-time kernel says so itself in `uname -v`. */
export function isHostKernel(name: string, release: string, version: string): boolean {
  const [, series, realTime] = debianKernelPattern.exec(name) ?? [];
  if (series === undefined) return release === name;
  const flavour = flavourOf(release, series);
  if (/\bPREEMPT_RT\b/.test(version) !== (realTime !== undefined)) return false;
  return realTime === undefined ? flavour === '' || flavour === 'cloud-' : flavour === 'rt-';
}

/** `cloud-` of `6.1.0-56-cloud-amd64`; null for another series, and for releases that are not Debian's. */
function flavourOf(release: string, series: string): string | null {
  const rest = release.startsWith(series) ? release.slice(series.length) : null;
  return rest === null ? null : (/^(?:\.\d+)*(?:\+[a-z0-9.]+)?(?:-\d+)?-(rt-|cloud-|)amd64$/.exec(rest)?.[1] ?? null);
}

/** Numbers inside compare as numbers: `6.1.0-9` comes before `6.1.0-56`. */
function compareReleases(left: string, right: string): number {
  return left.localeCompare(right, 'en', { numeric: true });
}
