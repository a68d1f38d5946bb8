import type { Command } from 'commander';
import { isConnectionLost, messageOf } from '../src/errors.ts';
import { type BootOptions, bootInto } from '../src/hosts/boot/boot-into.ts';
import { readMarker } from '../src/hosts/boot/reboot.ts';
import { type Restoration, restoreTreatment } from '../src/hosts/treatment/restore-treatment.ts';
import { renderJson } from '../src/render-json.ts';
import { createCommand } from './create-command.ts';
import { exitCodes } from './exit-codes.ts';
import { type HostOptions, type ProfileHost, requireBootable, whileLocked, withHost } from './profile-host.ts';
import type { Surroundings } from './surroundings.ts';

const example = `
May be called at any time: also after a program was killed, or the host lost its power. What somebody has changed since
stays, and is named.

Example:
  tunegate profile restore --machine stock --inventory inventory.yaml --reboot
`;

interface Options extends HostOptions {
  readonly reboot?: true;
  readonly json?: true;
}

/** `tunegate profile restore`: a host as it was before a profile was applied. */
export function createRestoreCommand(surroundings: Surroundings): Command {
  return createCommand('restore', surroundings)
    .description('Puts exactly that back which was found on a host before a profile was applied.')
    .option('--machine <name>', 'host of the inventory (default: its only one)')
    .option('--inventory <file>', 'inventory.yaml of the lab (default: this machine is the host)')
    .option('--reboot', 'boot the host into its default entry when it is in a boot that Tunegate asked for')
    .option('--json', 'one JSON document on standard output')
    .addHelpText('after', example)
    .action(async (options: Options) => {
      const restored = await withHost(options, surroundings, async (host) => {
        if (options.reboot) await bringBack(host, surroundings);
        return whileLocked(host, surroundings, () => restoreProfile(host, options.reboot === true, surroundings));
      });
      surroundings.stdout.write(options.json ? renderJson(restored) : renderRestored(restored));
      if (restored.boot === 'asked') surroundings.setExitCode(exitCodes.failed);
    });
}

interface Restored extends Restoration {
  readonly machine: string;
  /** In which boot the host is now: one that Tunegate asked for, or its default one; back: it was booted into that now. */
  readonly boot: 'asked' | 'default' | 'back';
}

/** A host that does not answer any more holds no lock that anybody could ask for. */
async function bringBack(host: ProfileHost, surroundings: Surroundings): Promise<void> {
  const bootable = requireBootable(host);
  try {
    await host.machine.run({ program: 'true', args: [] }, { timeoutSeconds: 30, signal: surroundings.signal });
  } catch (thrown) {
    if (!isConnectionLost(thrown)) throw thrown;
    surroundings.stderr.write(`${host.machine.name} does not answer: ${messageOf(thrown)}.\n`);
    await bootInto(bootable, 'default', describeBoot(surroundings));
  }
}

function describeBoot({ stderr, signal }: Surroundings): BootOptions {
  return { signal, say: (sentence) => stderr.write(`${sentence}.\n`) };
}

/** The boot first where there is one: with it the settings are gone, also those that resist. */
async function restoreProfile(host: ProfileHost, reboot: boolean, surroundings: Surroundings): Promise<Restored> {
  const { machine, folder } = host;
  const isElsewhere = (await readMarker(machine)) !== null;
  if (isElsewhere && reboot) await bootInto(requireBootable(host), 'default', describeBoot(surroundings));
  const restoration = await restoreTreatment(machine, folder);
  return { machine: machine.name, ...restoration, boot: isElsewhere ? (reboot ? 'back' : 'asked') : 'default' };
}

function renderRestored({ machine, profile, rebooted, restored, left, boot }: Restored): string {
  const boots: Readonly<Record<Restored['boot'], string>> = {
    default: '',
    asked: `${machine} is still in a boot that Tunegate asked for; --reboot boots it into its default entry.\n`,
    back: `${machine} is in its default boot again.\n`,
  };
  return [
    describeSettings(machine, profile, rebooted, restored),
    left.length === 0 ? '' : `Left as it is, since somebody has changed it: ${left.join('; ')}.\n`,
    boots[boot],
  ].join('');
}

function describeSettings(
  machine: string,
  profile: Restoration['profile'],
  rebooted: boolean,
  restored: readonly string[],
): string {
  if (profile === null) return `Nothing is applied to ${machine}, so there is nothing to restore.\n`;
  const of = `profile ${profile.name} on ${machine}`;
  if (rebooted) return `The host has booted since, so its settings of ${of} were gone by themselves.\n`;
  if (restored.length === 0) return `Of ${of} nothing had to be put back.\n`;
  return `Put back what was there before ${of}: ${restored.join(', ')}.\n`;
}
