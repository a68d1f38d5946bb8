import type { Command, Machine } from '../src/machines/machine.ts';
import { parseServices, type Service } from './installed-packages.ts';

/**
 * Packages whose servers would compete with the private ones or hold their ports. Others that come as dependencies
 * keep what Debian gives them.
 */
const packagesWithServers = ['containerd', 'docker.io', 'iperf3', 'netperf'];

/** Keeps the servers of freshly installed packages from starting at boot. Returns the names of those that would have. */
export async function disableServices(machine: Machine, newPackages: readonly string[]): Promise<readonly string[]> {
  const services: Service[] = [];
  for (const name of newPackages.filter((entry) => packagesWithServers.includes(entry))) {
    const { stdout } = await machine.run({ program: 'dpkg', args: ['-L', name] }, { timeoutSeconds: 10 });
    services.push(...parseServices(name, stdout));
  }
  const find = { program: 'find', args: [...foldersOfLinks, '-type', 'l'] };
  const links = await machine.run(find, { timeoutSeconds: 10, allowFailure: true });
  const enabled = listEnabled(services, links.stdout);
  const hasSystemd = await runs(machine, { program: 'systemctl', args: ['--version'] });
  for (const service of enabled) {
    await machine.run(buildDisableCommand(service, hasSystemd), { timeoutSeconds: 60 });
  }
  return [...new Set(enabled.map(({ name }) => name))].sort();
}

/** Links in these start a service at boot: `multi-user.target.wants/docker.service`, `rc2.d/S01netperf`. */
const foldersOfLinks = ['/etc/systemd/system', ...[2, 3, 4, 5].map((level) => `/etc/rc${level}.d`)];

/** Those of the services that a link in the list starts; `update-rc.d` fails on a script that has none. */
export function listEnabled(services: readonly Service[], links: string): readonly Service[] {
  const names = new Set(links.split('\n').map((path) => path.slice(path.lastIndexOf('/') + 1).replace(/^S\d\d/, '')));
  return services.filter(({ name }) => names.has(name));
}

/** All of these work on the links alone, so the init system need not run. */
export function buildDisableCommand({ name, kind, package: packageName }: Service, hasSystemd: boolean): Command {
  // Also where NETSERVER_ENABLE=no in /etc/default/netperf should do: Debian 12's script never looks at it.
  if (kind === 'init-script') return { program: 'update-rc.d', args: [name, 'disable'] };
  if (hasSystemd) return { program: 'systemctl', args: ['disable', name] };
  // Enabled by the package although there is no systemd yet; the helper refuses to run unless a package calls it.
  const caller = `DPKG_MAINTSCRIPT_PACKAGE=${packageName}`;
  return { program: 'env', args: [caller, 'deb-systemd-helper', 'disable', name] };
}

async function runs(machine: Machine, command: Command): Promise<boolean> {
  return (await machine.run(command, { timeoutSeconds: 10, allowFailure: true })).exitCode === 0;
}
