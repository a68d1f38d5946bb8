import { ConfigurationError } from '../../errors.ts';
import type { Machine } from '../../machines/machine.ts';
import type { HostBoot } from '../../profiles/boot-settings.ts';
import { chooseHostKernel } from '../../profiles/host-kernel.ts';
import { findDefaultBoot, type GrubState } from './boot-files.ts';
import { buildBootEntry } from './build-entry.ts';
import { listInstalledKernels } from './installed-kernels.ts';
import { judgeBootability } from './judge-bootability.ts';

export interface PlannedBoot extends HostBoot {
  readonly replacedKeys: readonly string[];
  readonly marker: string;
}

/**
 * The entry for what a side asks. Throws `ConfigurationError`, with nothing changed, where the host does not have the
 * kernel, or could not come back by itself.
 */
export async function planEntry(
  machine: Machine,
  state: GrubState,
  { kernel, words, replacedKeys, marker }: PlannedBoot,
  signal?: AbortSignal,
): Promise<string> {
  const findings = await judgeBootability(machine, { power: null, console: null }, signal);
  const lacking = findings.filter(({ state: judged }) => judged === 'missing');
  if (lacking.length > 0) {
    const sentences = lacking.map(({ what, found, remedy }) => `${what}: ${found}, ${remedy} is accepted`);
    throw new ConfigurationError(`${machine.name} cannot be booted for one run: ${sentences.join('; ')}`);
  }
  const release =
    kernel === null ? null : chooseHostKernel(kernel, await listInstalledKernels(machine, signal), machine.name);
  const watchdog = findings.some(({ what, state: judged }) => what === 'watchdog' && judged === 'fine');
  const base = findDefaultBoot(state, machine.name).entry;
  return buildBootEntry({ base, release, words, replacedKeys, marker, hasWatchdog: watchdog });
}
