import type { Command } from 'commander';
import { ConfigurationError } from '../src/errors.ts';
import type { Deployment } from '../src/guests/deployment.schema.ts';
import { probeDeployment } from '../src/guests/probe-deployment.ts';
import { createLocalMachine } from '../src/machines/local.ts';
import type { Profile } from '../src/profiles/profile.schema.ts';
import { renderJson } from '../src/render-json.ts';
import type { Check } from '../src/results/journal.schema.ts';
import { createCommand } from './create-command.ts';
import { exitCodes } from './exit-codes.ts';
import { layersOption } from './host-layers.ts';
import { loadDeployment, loadProfile } from './load-files.ts';
import type { HostOptions } from './profile-host.ts';
import { isInForce, renderChecks } from './render-checks.ts';
import type { Surroundings } from './surroundings.ts';
import { verifyHost } from './verify-host.ts';

const example = `
Without --deployment the host is asked: this machine, or one of an inventory. Of a profile it has the layers host-boot and
host; nothing of Tunegate need be applied there.
A run in progress describes its guest in deployment.json of its folder. Reading back takes a moment of the guest's time,
so a sample that is being taken meanwhile is disturbed.

Example:
  tunegate profile verify tuned --machine tuned --inventory inventory.yaml
  tunegate profile verify tuned --deployment results/deployment.json
`;

interface Options extends HostOptions {
  readonly deployment?: string;
  readonly layers?: string;
  readonly json?: true;
}

/** `tunegate profile verify`: what of a profile is in force on a host, or on a guest that runs. */
export function createVerifyCommand(surroundings: Surroundings): Command {
  return createCommand('verify', surroundings)
    .description('Reads back what of a profile is in force on a host, or on a guest that a run has started.')
    .argument('<profile>', 'name of a shipped profile, or the path of one')
    .option('--deployment <file>', 'deployment.json in the folder of the run: asks its guest')
    .option('--machine <name>', 'host of the inventory (default: its only one)')
    .option('--inventory <file>', 'inventory.yaml of the lab (default: this machine is the host)')
    .option(...layersOption)
    .option('--json', 'one JSON document on standard output')
    .addHelpText('after', example)
    .action(async (name: string, options: Options) => {
      const profile = await loadProfile(name, surroundings.home);
      const { deployment: file } = options;
      if (file === undefined) return verifyHost(profile, options, surroundings);
      refuseHostOptions(options);
      const deployment = await loadDeployment(file);
      const checks = await probeDeployment(createLocalMachine(), deployment, profile.parameters, surroundings.signal);
      const verification = describeVerification(profile, deployment, checks);
      surroundings.stdout.write(options.json ? renderJson(verification) : renderVerification(verification));
      if (!verification.inForce) surroundings.setExitCode(exitCodes.failed);
    });
}

function refuseHostOptions({ machine, inventory, layers }: Options): void {
  const given = Object.entries({ machine, inventory, layers }).find(([, value]) => value !== undefined);
  if (given === undefined) return;
  throw new ConfigurationError(`--deployment asks a guest and --${given[0]} a host, one of the two is accepted`);
}

type Verification = ReturnType<typeof describeVerification>;

function describeVerification(profile: Profile, deployment: Deployment, checks: readonly Check[]) {
  const { id, attachment, address, guest } = deployment;
  const checked = new Set(checks.map(({ parameter }) => parameter));
  return {
    profile: { name: profile.name, sha256: profile.sha256 },
    deployment: { id, guest: guest.kind, attachment, address, profile: deployment.profile, layers: deployment.layers },
    inForce: isInForce(checks),
    checks,
    /** Of other guest kinds, or of layers that the run does not apply. */
    notAsked: Object.keys(profile.parameters).filter((parameter) => !checked.has(parameter)),
  };
}

function renderVerification({ profile, deployment, checks, notAsked }: Verification): string {
  const { id, guest, attachment, address } = deployment;
  const other = deployment.profile.sha256 === profile.sha256 ? '' : `, not with ${profile.name}`;
  return [
    `Guest ${id} (${guest} over ${attachment}, ${address}) was started with profile ${deployment.profile.name}${other}.\n`,
    checks.length === 0 ? `Profile ${profile.name} asks nothing of this guest.\n` : renderChecks(checks),
    notAsked.length === 0 ? '' : `Not asked of this guest: ${notAsked.join(', ')}.\n`,
  ].join('');
}
