import { machineFolders } from '../src/hosts/folders.ts';
import type { SetUpPlan } from './set-up-plan.ts';

/** Everything that set-up would change for good, before anybody is asked. */
export function describePlan({ missing, packages, sourceChanges, release }: SetUpPlan): string {
  return [
    ...(release.distribution === 'ubuntu' ? [`Set-up is written for ${release.title} too, but untested there.`] : []),
    `This machine lacks ${missing.join(', ')}. Setting it up changes for good:`,
    ...sourceChanges.map(
      ({ path, component, packages: needing }) =>
        `  - package sources: component ${component} added to the entry in ${path}, for ${needing.join(', ')}`,
    ),
    `  - packages: ${packages.join(', ')}, with what they depend on`,
    `  - folder: ${machineFolders.cache}, for the guest image and the data of a private dockerd`,
    'No server is started, and none that comes with these packages starts when the machine boots.',
    '',
  ].join('\n');
}

export interface SetUpOutcome {
  /** Every package that was not there before. */
  readonly packages: readonly string[];
  /** Services that are kept from starting at boot. */
  readonly disabledServices: readonly string[];
}

/** What set-up did change for good. */
export function describeOutcome(
  sourceChanges: SetUpPlan['sourceChanges'],
  { packages, disabledServices }: SetUpOutcome,
): string {
  const lines = [
    ...sourceChanges.map(({ path, component }) => `  - package sources: component ${component} added in ${path}`),
    ...listOf('packages installed', packages),
    ...listOf('services that came with them, kept from starting', disabledServices),
    `  - folder: ${machineFolders.cache} (measuring keeps its guest image and Docker data there)`,
  ];
  return ['Changed on this machine for good:', ...lines, ''].join('\n');
}

function listOf(title: string, names: readonly string[]): string[] {
  return names.length === 0 ? [] : [`  - ${title}: ${names.join(', ')}`];
}
