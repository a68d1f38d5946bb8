import type { Command } from 'commander';
import { lastLines, MeasurementError } from '../src/errors.ts';
import { bootInto } from '../src/hosts/boot/boot-into.ts';
import { readHostLimits } from '../src/hosts/read-host-limits.ts';
import { applyTreatment, refuseUnrestored } from '../src/hosts/treatment/apply-treatment.ts';
import { verifyTreatment } from '../src/hosts/treatment/verify-treatment.ts';
import { buildHostBoot } from '../src/profiles/boot-settings.ts';
import { refuseMisfits } from '../src/profiles/checks.ts';
import type { Profile } from '../src/profiles/profile.schema.ts';
import { renderJson } from '../src/render-json.ts';
import type { Check } from '../src/results/journal.schema.ts';
import { isUnproven } from '../src/results/unproven.ts';
import type { Layer } from '../src/vocabulary.ts';
import { createCommand } from './create-command.ts';
import { exitCodes } from './exit-codes.ts';
import { layersOption, listNotAsked, parseHostLayers, renderNotAsked } from './host-layers.ts';
import { loadProfile } from './load-files.ts';
import { type HostOptions, type ProfileHost, requireBootable, whileLocked, withHost } from './profile-host.ts';
import { isInForce, renderChecks } from './render-checks.ts';
import type { Surroundings } from './surroundings.ts';

const example = `
What was found before is kept on the host, on its disk, until \`tunegate profile restore\` puts exactly that back. Without
--reboot the layer host-boot is only read back: what of it is not in force yet needs a boot.

Example:
  tunegate profile apply tuned --machine stock --inventory inventory.yaml --reboot
  tunegate profile restore --machine stock --inventory inventory.yaml --reboot
`;

interface Options extends HostOptions {
  readonly layers?: string;
  readonly reboot?: true;
  readonly json?: true;
}

/** `tunegate profile apply`: brings a host into the state that a profile asks for, and proves it. */
export function createApplyCommand(surroundings: Surroundings): Command {
  return createCommand('apply', surroundings)
    .description('Brings a host into the state that a profile asks for, and reads back what is in force then.')
    .argument('<profile>', 'name of a shipped profile, or the path of one')
    .option('--machine <name>', 'host of the inventory (default: its only one)')
    .option('--inventory <file>', 'inventory.yaml of the lab (default: this machine is the host)')
    .option(...layersOption)
    .option('--reboot', 'boot the host once into what the layer host-boot asks for; a boot that fails ends as usual')
    .option('--json', 'one JSON document on standard output')
    .addHelpText('after', example)
    .action(async (name: string, options: Options) => {
      const profile = await loadProfile(name, surroundings.home);
      const layers = parseHostLayers(options.layers);
      const applied = await withHost(options, surroundings, async (host) => {
        if (options.reboot) requireBootable(host);
        const order = { host, profile, layers, reboot: options.reboot === true };
        return whileLocked(host, surroundings, (lock) => applyProfile(order, surroundings, () => lock.renew()));
      });
      surroundings.stdout.write(options.json ? renderJson(applied) : renderApplied(applied));
      if (!applied.inForce) surroundings.setExitCode(exitCodes.failed);
    });
}

interface Order {
  readonly host: ProfileHost;
  readonly profile: Profile;
  readonly layers: readonly Layer[];
  readonly reboot: boolean;
}

async function applyProfile(order: Order, surroundings: Surroundings, renewLock: () => Promise<void>) {
  const { host, profile, layers, reboot } = order;
  const { machine, folder } = host;
  const { signal } = surroundings;
  const boots = reboot && layers.includes('host-boot');
  await refuseUnrestored(machine, folder);
  // Before anything is changed: a boot takes minutes, and its end is too late to hear of a CPU that there is not.
  const limits = await readHostLimits(machine);
  refuseMisfits(profile, layers, limits);
  if (boots) await boot(order, surroundings);
  if (boots) await renewLock();
  const place = await host.findPlace();
  if (layers.includes('host')) {
    await noteBoot(boots, surroundings, machine.name, () =>
      applyTreatment(
        machine,
        folder,
        { profile, layers, place, now: new Date(), ...(boots ? {} : { limits }) },
        { signal },
      ),
    );
  }
  const checks = await verifyTreatment(machine, profile.parameters, layers, place, { signal });
  return describeApplied(order, checks, boots);
}

async function boot({ host, profile }: Order, { stderr, signal }: Surroundings): Promise<void> {
  const { machine } = host;
  const say = (sentence: string) => stderr.write(`${sentence}.\n`);
  const { entry, log } = await bootInto(requireBootable(host), buildHostBoot(profile.parameters), { signal, say });
  if (entry === 'asked') return;
  const last = log === null ? '' : `; its last lines: ${lastLines(log, 5)}`;
  throw new MeasurementError(
    `${machine.name} fell back to its default entry when it was to boot into profile ${profile.name}, and nothing of it is applied${last}`,
  );
}

/** What fails after a boot leaves the host in it. */
async function noteBoot<Result>(
  booted: boolean,
  { stderr }: Surroundings,
  name: string,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (thrown) {
    if (booted) {
      stderr.write(`${name} stays in the boot that was asked for; tunegate profile restore --reboot leads back.\n`);
    }
    throw thrown;
  }
}

function describeApplied({ host, profile, layers }: Order, checks: readonly Check[], booted: boolean) {
  return {
    profile: { name: profile.name, sha256: profile.sha256 },
    machine: host.machine.name,
    layers,
    booted,
    inForce: isInForce(checks),
    checks,
    /** Parameters that are not in force because the host was not booted. */
    needsBoot: booted
      ? []
      : checks.filter((check) => check.layer === 'host-boot' && isUnproven(check)).map(({ parameter }) => parameter),
    notAsked: listNotAsked(profile, layers),
  };
}

type Applied = ReturnType<typeof describeApplied>;

function renderApplied({ profile, machine, inForce, checks, needsBoot, notAsked }: Applied): string {
  if (checks.length === 0) {
    return `Profile ${profile.name} asks nothing of the host ${machine} itself.\n${renderNotAsked(notAsked)}`;
  }
  const boot = `Not in force without a boot, which --reboot does: ${needsBoot.join(', ')}.\n`;
  return [
    renderChecks(checks),
    `Profile ${profile.name} is applied to ${machine}${inForce ? '' : ', and not all of it is in force'}.\n`,
    needsBoot.length === 0 ? '' : boot,
    renderNotAsked(notAsked),
  ].join('');
}
