import type { Command } from 'commander';
import type { Deployment } from '../src/guests/deployment.schema.ts';
import { probeDeployment } from '../src/guests/probe-deployment.ts';
import { createLocalMachine } from '../src/machines/local.ts';
import type { Profile } from '../src/profiles/profile.schema.ts';
import { renderJson } from '../src/render-json.ts';
import type { Check } from '../src/results/journal.schema.ts';
import { createCommand } from './create-command.ts';
import { exitCodes } from './exit-codes.ts';
import { loadDeployment, loadProfile } from './load-files.ts';
import { renderTable } from './render-table.ts';
import type { Surroundings } from './surroundings.ts';

const example = `
A run in progress describes its guest in deployment.json of its folder. Reading back takes a moment of the guest's time,
so a sample that is being taken meanwhile is disturbed.

Example:
  tunegate profile verify tuned --deployment results/deployment.json
`;

/** `tunegate profile verify`: what of a profile is in force on a guest that runs. */
export function createVerifyCommand(surroundings: Surroundings): Command {
  return createCommand('verify', surroundings)
    .description('Reads back what of a profile is in force on a guest that a run has started.')
    .argument('<profile>', 'name of a shipped profile, or the path of one')
    .requiredOption('--deployment <file>', 'deployment.json in the folder of the run')
    .option('--json', 'one JSON document on standard output')
    .addHelpText('after', example)
    .action(async (name: string, options: { deployment: string; json?: true }) => {
      const profile = await loadProfile(name, surroundings.home);
      const deployment = await loadDeployment(options.deployment);
      const checks = await probeDeployment(createLocalMachine(), deployment, profile.parameters, surroundings.signal);
      const verification = describeVerification(profile, deployment, checks);
      surroundings.stdout.write(options.json ? renderJson(verification) : renderVerification(verification));
      if (!verification.inForce) surroundings.setExitCode(exitCodes.failed);
    });
}

type Verification = ReturnType<typeof describeVerification>;

function describeVerification(profile: Profile, deployment: Deployment, checks: readonly Check[]) {
  const { id, attachment, address, guest } = deployment;
  const checked = new Set(checks.map(({ parameter }) => parameter));
  return {
    profile: { name: profile.name, sha256: profile.sha256 },
    deployment: { id, guest: guest.kind, attachment, address, profile: deployment.profile, layers: deployment.layers },
    inForce: checks.every(({ result }) => result !== 'mismatch' && result !== 'unprobed'),
    checks,
    /** Of other guest kinds, or of layers that the run does not apply. */
    notAsked: Object.keys(profile.parameters).filter((parameter) => !checked.has(parameter)),
  };
}

function renderVerification({ profile, deployment, checks, notAsked }: Verification): string {
  const { id, guest, attachment, address } = deployment;
  const other = deployment.profile.sha256 === profile.sha256 ? '' : `, not with ${profile.name}`;
  const rows = checks.map((check) => [check.parameter, check.requested, check.found, check.probe, check.result]);
  const counts = [...Map.groupBy(checks, ({ result }) => result)].map(([result, { length }]) => `${length} ${result}`);
  return [
    `Guest ${id} (${guest} over ${attachment}, ${address}) was started with profile ${deployment.profile.name}${other}.\n`,
    rows.length === 0
      ? `Profile ${profile.name} asks nothing of this guest.\n`
      : `${renderTable(['parameter', 'requested', 'found', 'probe', 'result'], rows)}${counts.join(', ')}.\n`,
    notAsked.length === 0 ? '' : `Not asked of this guest: ${notAsked.join(', ')}.\n`,
  ].join('');
}
