import type { Archive } from './apt-sources.ts';

/** The distribution, as far as setting up depends on it. */
export interface Release {
  readonly distribution: 'debian' | 'ubuntu';
  /** Debian 12 is 12, Ubuntu 24.04 is 24.04; null for testing and unstable, which come after every number. */
  readonly version: number | null;
  readonly codename: string | null;
  /** As it calls itself. */
  readonly title: string;
}

/** Reads `/etc/os-release`; null for a distribution that set-up is not written for. */
export function parseOsRelease(text: string): Release | null {
  const fields = new Map(
    [...text.matchAll(/^([A-Z_]+)=(?:"([^"\n]*)"|(\S*))\s*$/gm)].map(([, name = '', quoted, plain]) => [
      name,
      quoted ?? plain ?? '',
    ]),
  );
  const distribution = fields.get('ID');
  if (distribution !== 'debian' && distribution !== 'ubuntu') return null;
  const version = fields.get('VERSION_ID');
  return {
    distribution,
    version: version === undefined ? null : Number(version),
    codename: fields.get('VERSION_CODENAME') ?? null,
    title: fields.get('PRETTY_NAME') ?? distribution,
  };
}

/** Of packages that bring the same thing, the first that the release has. */
export function choosePackage(alternatives: readonly string[], release: Release): string | undefined {
  return alternatives.find((name) => name !== 'docker-cli' || isAtLeast(release, 'debian', 13));
}

/**
 * The component of the archive that holds a package. netperf's old licence keeps it out of the free part of Debian up
 * to 12 and of Ubuntu up to 25.04.
 */
export function findComponent(packageName: string, release: Release): string {
  if (release.distribution === 'debian') {
    return packageName === 'netperf' && !isAtLeast(release, 'debian', 13) ? 'non-free' : 'main';
  }
  if (packageName === 'netperf') return isAtLeast(release, 'ubuntu', 25.1) ? 'universe' : 'multiverse';
  return ['docker.io', 'iperf', 'iperf3', 'mmdebstrap', 'tini'].includes(packageName) ? 'universe' : 'main';
}

function isAtLeast(release: Release, distribution: Release['distribution'], version: number): boolean {
  return release.distribution === distribution && (release.version === null || release.version >= version);
}

/** What an entry of the package sources must look like to be the release's own archive, and not somebody else's. */
export function describeArchive({ distribution, codename }: Release): Archive {
  const suites = codename === null ? [] : [codename];
  return distribution === 'debian'
    ? {
        suites: [...suites, 'stable', 'oldstable', 'testing', 'unstable', 'sid'],
        hosts: /(^|\.)debian\.org$/,
        path: /^\/debian\/?$/,
        keyring: /\/debian-archive-/,
        mirrorList: /\/debian\.list$/,
      }
    : {
        suites,
        hosts: /(^|\.)ubuntu\.com$/,
        path: /^\/ubuntu(-ports)?\/?$/,
        keyring: /\/ubuntu-archive-/,
        mirrorList: /\/ubuntu\.list$/,
      };
}
