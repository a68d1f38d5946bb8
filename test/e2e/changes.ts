import type { Change } from './test-repository.ts';

/** The profile `tuned` with these parameters, as a change of a repository. */
export function tune(parameters: Readonly<Record<string, string>>, name = 'tuned'): Change {
  const lines = Object.entries(parameters).map(([parameter, value]) => `  ${parameter}: ${value}\n`);
  return {
    [profilePath(name)]: `name: ${name}\ndescription: For a test.\nextends: stock\nparameters:\n${lines.join('')}`,
  };
}

export function profilePath(name: string): string {
  return `runner-setup/profiles/${name}.yaml`;
}

/** What the default branch has. */
export const before = tune({ 'guest.docker.cpuset': '"1"' });

/** Moves a parameter that netperf does not notice. */
export const harmless = tune({ 'guest.docker.cpuset': '"1"', 'guest.docker.sysctl.net.core.somaxconn': '1024' });

/** A tenth of a CPU: the server stands still for most of every 100 ms. */
export const harmful = tune({ 'guest.docker.cpuset': '"1"', 'guest.docker.cpus': '0.1' });
