import type { Command } from 'commander';
import { catalogue } from '../../src/profiles/catalogue.ts';
import { diffProfiles, regimeOf } from '../../src/profiles/diff-profiles.ts';
import { listGuests } from '../../src/profiles/parameter.ts';
import { formatParameterValue } from '../../src/profiles/parameter-value.ts';
import type { Profile } from '../../src/profiles/profile.schema.ts';
import { renderJson } from '../../src/render-json.ts';
import { createApplyCommand } from '../apply-profile.ts';
import { createCommand } from '../create-command.ts';
import { loadProfile } from '../load-files.ts';
import { renderTable } from '../render-table.ts';
import { createRestoreCommand } from '../restore-profile.ts';
import type { Surroundings } from '../surroundings.ts';
import { createVerifyCommand } from '../verify-profile.ts';

const reference = 'name of a shipped profile, or the path of one';

export function createProfileCommand(surroundings: Surroundings): Command {
  const command = createCommand('profile', surroundings).description(
    'Reads tuning profiles, applies them to hosts, reads back what is in force, and restores.',
  );
  command
    .command('check')
    .description('Says whether a profile is accepted, and what it comes to.')
    .argument('<profile>', reference)
    .option('--json', 'one JSON document on standard output')
    .addHelpText(
      'after',
      '\nExample:\n  tunegate profile check tuned\n  tunegate profile check ./my-profile.yaml --json\n',
    )
    .action(async (name: string, options: { json?: true }) => {
      const profile = await loadProfile(name, surroundings.home);
      surroundings.stdout.write(options.json ? renderJson(describeProfile(profile)) : renderCheck(profile));
    });
  command
    .command('diff')
    .description('Says what two profiles set differently, and at which level a comparison of them must alternate.')
    .argument('<baseline>', reference)
    .argument('<candidate>', reference)
    .option('--json', 'one JSON document on standard output')
    .addHelpText('after', '\nExample:\n  tunegate profile diff stock tuned\n')
    .action(async (baselineName: string, candidateName: string, options: { json?: true }) => {
      const baseline = await loadProfile(baselineName, surroundings.home);
      const candidate = await loadProfile(candidateName, surroundings.home);
      surroundings.stdout.write(
        options.json ? renderJson(describeDifference(baseline, candidate)) : renderDifference(baseline, candidate),
      );
    });
  command.addCommand(createApplyCommand(surroundings));
  command.addCommand(createVerifyCommand(surroundings));
  command.addCommand(createRestoreCommand(surroundings));
  return command;
}

/** The parameters of a profile with what the catalogue knows of each. */
function describeProfile(profile: Profile) {
  const parameters = Object.entries(profile.parameters).flatMap(([name, value]) => {
    const parameter = catalogue.get(name);
    if (parameter === undefined) return [];
    const { layer, probe, switching, summary } = parameter;
    return [{ name, layer, guests: listGuests(parameter), value, probe, switching, summary }];
  });
  const { name, description, compareTo, sha256 } = profile;
  return { name, description, compareTo, sha256, parameters };
}

function renderCheck(profile: Profile): string {
  const { name, description, sha256, parameters } = describeProfile(profile);
  const rows = parameters.map(({ name, layer, value, probe }) => [name, layer, formatParameterValue(value), probe]);
  return [
    `Profile ${name} is accepted${description === null ? '.' : `: ${description}`}\n`,
    rows.length === 0 ? 'It sets nothing.\n' : renderTable(['parameter', 'layer', 'value', 'probe'], rows),
    `sha256 of the parameters: ${sha256}\n`,
  ].join('');
}

function describeDifference(baseline: Profile, candidate: Profile) {
  const differences = diffProfiles(baseline, candidate);
  const side = ({ name, sha256 }: Profile) => ({ profile: name, sha256 });
  return { baseline: side(baseline), candidate: side(candidate), differences, regime: regimeOf(differences) };
}

function renderDifference(baseline: Profile, candidate: Profile): string {
  const { differences, regime } = describeDifference(baseline, candidate);
  if (differences.length === 0) return `Profiles ${baseline.name} and ${candidate.name} set the same.\n`;
  const rows = differences.map((difference) => [
    difference.parameter,
    difference.layer,
    difference.baseline ?? 'not set',
    difference.candidate ?? 'not set',
  ]);
  return [
    renderTable(['parameter', 'layer', `baseline ${baseline.name}`, `candidate ${candidate.name}`], rows),
    `Regime ${regime}: the sides of a comparison alternate by ${regime}.\n`,
  ].join('');
}
