import { lastLines } from '../src/errors.ts';
import type { Command, Machine, Outcome } from '../src/machines/machine.ts';
import { buildAptGet, buildConfigurePending, buildInstall, buildPolicy, listWithoutCandidate } from './apt-commands.ts';
import type { SetUpOutcome } from './describe-set-up.ts';
import { disableServices } from './disable-services.ts';
import { listInstalledPackages } from './installed-packages.ts';
import { allowServices, forbidServices } from './service-policy.ts';
import type { SetUpPlan } from './set-up-plan.ts';
import { applySourceChange, revertSourceChanges } from './source-files.ts';

/** Tells which step has begun. */
export type Say = (text: string) => void;

/**
 * Carries out a plan. Until the packages are downloaded, an abort or a failure takes everything back. Installing itself
 * is not cut short, since that would leave half-configured packages: an abort then shows after it.
 */
export async function installPackages(
  machine: Machine,
  plan: SetUpPlan,
  signal: AbortSignal,
  say: Say,
): Promise<SetUpOutcome> {
  try {
    await download(machine, plan, signal, say);
    signal.throwIfAborted();
  } catch (thrown) {
    await revertSourceChanges(machine, plan.sourceChanges);
    throw thrown;
  }
  return install(machine, plan.packages, say);
}

async function download(machine: Machine, plan: SetUpPlan, signal: AbortSignal, say: Say): Promise<void> {
  for (const change of plan.sourceChanges) {
    say(`adding the component ${change.component} to ${change.path}`);
    await applySourceChange(machine, change);
  }
  say('refreshing the package lists');
  await refreshLists(machine, plan.packages, signal);
  say(`downloading ${plan.packages.join(', ')} and what they depend on`);
  const command = buildInstall(plan.packages, '--download-only');
  const outcome = await machine.run(command, { timeoutSeconds: 1800, signal, allowFailure: true });
  demandSuccess(outcome, 'download the packages');
}

/** A third party's source that is out of order must not stand in the way: what counts is whether the packages are there. */
async function refreshLists(machine: Machine, packages: readonly string[], signal: AbortSignal): Promise<void> {
  const update = await machine.run(buildAptGet('update'), { timeoutSeconds: 600, signal, allowFailure: true });
  const { stdout } = await machine.run(buildPolicy(packages), { timeoutSeconds: 30, signal });
  const lacking = listWithoutCandidate(packages, stdout);
  if (lacking.length === 0) return;
  throw new Error(`no package source offers ${lacking.join(', ')}; \`apt-get update\` said: ${lastWords(update)}`);
}

async function install(machine: Machine, packages: readonly string[], say: Say): Promise<SetUpOutcome> {
  say('installing; services are forbidden to start meanwhile');
  const { outcome, ...changes } = await runWithoutServices(machine, [buildInstall(packages)]);
  demandSuccess(outcome, 'install the packages');
  return changes;
}

/** Finishes what a set-up that was killed in the middle of installing had begun, and lifts its prohibition. */
export async function finishInterrupted(machine: Machine): Promise<SetUpOutcome> {
  // Its apt-get may have outlived it. This one fails as well while packages are in disorder, but not before that one has
  // given up its lock.
  const wait = buildAptGet('check');
  const { outcome, ...changes } = await runWithoutServices(machine, [wait, buildConfigurePending()]);
  demandSuccess(outcome, 'configure the packages that a killed set-up had left half installed');
  return changes;
}

/** Runs commands that install servers. None of them starts, neither now nor at the next boot, also if something fails. */
async function runWithoutServices(machine: Machine, commands: readonly [Command, ...Command[]]) {
  const before = await listInstalledPackages(machine);
  let outcome: Outcome | null = null;
  try {
    await forbidServices(machine);
    for (const command of commands) {
      outcome = await machine.run(command, { timeoutSeconds: 1800, allowFailure: true });
    }
  } finally {
    await allowServices(machine);
  }
  const packages = [...(await listInstalledPackages(machine))].filter((name) => !before.has(name)).sort();
  return { outcome, packages, disabledServices: await disableServices(machine, packages) };
}

function demandSuccess(outcome: Outcome | null, what: string): void {
  if (outcome !== null && outcome.exitCode !== 0) {
    throw new Error(`could not ${what}; apt said: ${lastWords(outcome)}`);
  }
}

function lastWords({ stdout, stderr }: Outcome): string {
  return lastLines(stderr || stdout, 3);
}
