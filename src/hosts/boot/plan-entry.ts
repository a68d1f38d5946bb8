import { ConfigurationError } from '../../errors.ts';
import type { Machine } from '../../machines/machine.ts';
import { type HostBoot, listBootKeys } from '../../profiles/boot-settings.ts';
import { chooseHostKernel } from '../../profiles/host-kernel.ts';
import { findDefaultBoot, type GrubState } from './boot-files.ts';
import { buildBootEntry } from './build-entry.ts';
import { listInstalledKernels } from './installed-kernels.ts';
import { judgeBootability, listObstacles } from './judge-bootability.ts';

export interface PlannedBoot extends HostBoot {
  readonly marker: string;
}

/**
 * The entry for what a side asks. Throws `ConfigurationError`, with nothing changed, where the host does not have the
 * kernel, or could not come back by itself.
 */
export async function planEntry(
  machine: Machine,
  state: GrubState,
  { kernel, words, marker }: PlannedBoot,
  signal?: AbortSignal,
): Promise<string> {
  const findings = await judgeBootability(machine, { power: null, console: null }, signal);
  const obstacles = listObstacles(findings);
  if (obstacles.length > 0) {
    throw new ConfigurationError(`${machine.name} cannot be booted for one run: ${obstacles.join('; ')}`);
  }
  const release =
    kernel === null ? null : chooseHostKernel(kernel, await listInstalledKernels(machine, signal), machine.name);
  const watchdog = findings.some(({ what, state: judged }) => what === 'watchdog' && judged === 'fine');
  const base = findDefaultBoot(state, machine.name).entry;
  return buildBootEntry({ base, release, words, replacedKeys: listBootKeys(), marker, hasWatchdog: watchdog });
}
