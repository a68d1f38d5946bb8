import { randomBytes } from 'node:crypto';
import { MeasurementError } from '../../errors.ts';
import type { HostBoot } from '../../profiles/boot-settings.ts';
import { askOnce, findDefaultBoot, forgetAsked, readGrubState, writeCustomMenu } from './boot-files.ts';
import type { BootableHost, BootOptions, BootOutcome, BootRequest } from './bootable-host.ts';
import { entryId } from './build-entry.ts';
import { planEntry } from './plan-entry.ts';
import { bringBack, prepareReboot, readMarker, reboot, settle, waitOptions } from './reboot.ts';
import { waitForBoot } from './wait-for-boot.ts';

export type { BootableHost, BootOptions, BootOutcome, BootRequest } from './bootable-host.ts';

/**
 * Boots a host once into what is asked for: an entry of GRUB beside the others, for the next boot only. What does not
 * come up ends in the host's default entry, by itself after a panic and by a power cycle after the deadline, and the
 * outcome says so. The default entry is never changed, and nothing is left in GRUB's files. `'default'` leads back from
 * wherever the host is, and does nothing where it is there.
 *
 * Throws `ConfigurationError` before anything is changed when it cannot be asked for, `MeasurementError` when the host
 * stays away.
 */
export async function bootInto(
  host: BootableHost,
  request: BootRequest,
  options: BootOptions = {},
): Promise<BootOutcome> {
  return request === 'default' ? returnToDefault(host, options) : bootOnce(host, request, options);
}

async function bootOnce(host: BootableHost, request: HostBoot, options: BootOptions): Promise<BootOutcome> {
  const { machine } = host;
  const marker = randomBytes(6).toString('hex');
  const state = await readGrubState(machine);
  const { choice } = findDefaultBoot(state, machine.name);
  const entry = await planEntry(machine, state, { ...request, marker }, options.signal);
  const departure = await askFor(host, marker, entry, options);
  options.say?.(`${machine.name} reboots into the entry ${entryId(marker)}`);
  const outcome = await reboot(host, marker, departure, options);
  const after = findDefaultBoot(await readGrubState(machine), machine.name);
  if (after.choice === choice) return outcome;
  throw new MeasurementError(
    `the default entry of ${machine.name} was "${choice}" before the boot and is "${after.choice}" now, which Tunegate never changes`,
  );
}

/** A host that was asked and not rebooted would go there at whatever reboot comes next. */
async function askFor(host: BootableHost, marker: string, entry: string, options: BootOptions) {
  try {
    await writeCustomMenu(host.machine, entry);
    await askOnce(host.machine, entryId(marker));
    return await prepareReboot(host, options);
  } catch (thrown) {
    await forgetAsked(host.machine).catch(() => undefined);
    throw thrown;
  }
}

async function returnToDefault(host: BootableHost, options: BootOptions): Promise<BootOutcome> {
  const { machine } = host;
  const seen = await waitForBoot(machine, null, waitOptions(options));
  if (seen.bootId === null) {
    const departure = await prepareReboot(host, options, null);
    await bringBack(host, departure, [seen.trouble], options);
    await settle(host, 'any', departure, options);
    return returnToDefault(host, options);
  }
  await forgetAsked(machine);
  if ((await readMarker(machine)) === null) return { bootId: seen.bootId, entry: 'default', seconds: 0, log: null };
  const departure = await prepareReboot(host, options);
  options.say?.(`${machine.name} reboots into its default entry`);
  return reboot(host, null, departure, options);
}
