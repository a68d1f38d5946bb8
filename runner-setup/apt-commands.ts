import type { Command } from '../src/machines/machine.ts';

/**
 * apt-get that asks nothing: defaults for debconf (iperf3's is to start no server), changed configuration files stay as
 * they are, another apt is waited for, and nothing that is installed may be removed or restarted.
 */
export function buildAptGet(...args: readonly string[]): Command {
  const environment = ['DEBIAN_FRONTEND=noninteractive', 'NEEDRESTART_SUSPEND=1'];
  const options = ['DPkg::Lock::Timeout=120', 'Dpkg::Options::=--force-confdef', 'Dpkg::Options::=--force-confold'];
  return {
    program: 'env',
    args: [...environment, 'apt-get', '--yes', '--quiet', ...options.flatMap((option) => ['-o', option]), ...args],
  };
}

export function buildInstall(packages: readonly string[], ...options: readonly string[]): Command {
  return buildAptGet('install', '--no-install-recommends', '--no-remove', ...options, ...packages);
}

export function buildConfigurePending(): Command {
  const options = ['--force-confdef', '--force-confold'];
  return { program: 'env', args: ['DEBIAN_FRONTEND=noninteractive', 'dpkg', ...options, '--configure', '--pending'] };
}

export function buildPolicy(packages: readonly string[]): Command {
  return { program: 'apt-cache', args: ['policy', ...packages] };
}

/**
 * Packages that no source offers, from the output of `apt-cache policy`:
 *
 *     netperf:
 *       Installed: (none)
 *       Candidate: (none)
 *
 * A package that apt has never heard of is not in the output at all.
 */
export function listWithoutCandidate(packages: readonly string[], policy: string): readonly string[] {
  const offered = [...policy.matchAll(/^(\S+):\n(?: {2}.*\n)*? {2}Candidate: (.*)$/gm)].flatMap(
    ([, name = '', candidate]) => (candidate === '(none)' ? [] : [name]),
  );
  return packages.filter((name) => !offered.includes(name));
}
