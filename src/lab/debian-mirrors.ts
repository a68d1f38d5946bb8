import { ConfigurationError } from '../errors.ts';
import type { Machine } from '../machines/machine.ts';

/** Where the machine itself gets Debian's packages from; addresses without the last slash. */
export interface DebianMirrors {
  readonly archive: string;
  /** null: its sources name none. */
  readonly security: string | null;
}

/** One line for each list of packages that apt knows, whatever the form of the sources. */
const askApt = {
  program: 'apt-get',
  args: ['indextargets', '--format', '$(ORIGIN)|$(LABEL)|$(REPO_URI)', 'Created-By: Packages'],
};

/**
 * The mirrors in the machine's own package sources, so that the image comes from where everything else does.
 *
 * @throws ConfigurationError on a machine whose sources have no archive of Debian
 */
export async function findDebianMirrors(machine: Machine, signal: AbortSignal): Promise<DebianMirrors> {
  const ask = async () => parseMirrors((await machine.run(askApt, { timeoutSeconds: 60, signal })).stdout);
  const known = await ask();
  if (known !== null) return known;
  // What apt has not fetched yet it does not know the origin of.
  await machine.run({ program: 'apt-get', args: ['update'] }, { timeoutSeconds: 300, signal });
  const found = await ask();
  if (found !== null) return found;
  throw new ConfigurationError(
    `the package sources of ${machine.name} name no archive of Debian, from which the lab's hosts are installed; an entry with the origin Debian is accepted`,
  );
}

/** Reads lines `Debian|Debian-Security|URI/`; null when no archive is among them. */
export function parseMirrors(targets: string): DebianMirrors | null {
  const find = (label: string) => {
    const begin = `Debian|${label}|`;
    const line = targets.split('\n').find((target) => target.startsWith(begin));
    return line?.slice(begin.length).replace(/\/+$/, '') ?? null;
  };
  const archive = find('Debian');
  return archive === null ? null : { archive, security: find('Debian-Security') };
}
