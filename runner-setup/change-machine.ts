import { ConfigurationError, InterruptionError } from '../src/errors.ts';
import { listMissingTools } from '../src/hosts/tools.ts';
import type { Machine } from '../src/machines/machine.ts';
import { describeOutcome, describePlan } from './describe-set-up.ts';
import { finishInterrupted, installPackages } from './install-packages.ts';
import { parseOsRelease } from './release.ts';
import { areServicesForbidden } from './service-policy.ts';
import { planSetUp, type SetUpPlan } from './set-up-plan.ts';
import type { SetUpRequest } from './set-up-request.ts';
import { showProgress } from './show-progress.ts';
import { readSourceFiles } from './source-files.ts';
import { whileLocked } from './while-locked.ts';

/** Puts the machine in order: first what a killed set-up left, then what is missing. */
export async function changeMachine(request: SetUpRequest): Promise<void> {
  const { machine, stderr } = request;
  await demandRoot(request);
  if (await areServicesForbidden(machine)) await whileLocked(machine, request.pid, () => mendInterrupted(request));
  const missing = await listMissingTools(machine, request.tools);
  if (missing.length === 0) return;
  const plan = await makePlan(machine, missing);
  stderr.write(describePlan(plan));
  await demandConsent(request);
  await whileLocked(machine, request.pid, () => carryOut(request, plan));
}

async function demandRoot({ machine, command, tools }: SetUpRequest): Promise<void> {
  const { stdout } = await machine.run({ program: 'id', args: ['-u'] }, { timeoutSeconds: 5 });
  if (stdout.trim() === '0') return;
  const missing = await listMissingTools(machine, tools);
  const lack = missing.length === 0 ? 'is as a killed set-up left it' : `lacks ${missing.join(', ')}`;
  throw new ConfigurationError(`this machine ${lack}, and only root may change that; run \`sudo npm run ${command}\``);
}

async function makePlan(machine: Machine, missing: readonly string[]): Promise<SetUpPlan> {
  const release = parseOsRelease((await machine.readFile('/etc/os-release')) ?? '');
  if (release === null) {
    throw new ConfigurationError(
      `this machine lacks ${missing.join(', ')}, and set-up is written for Debian and Ubuntu only; install them yourself`,
    );
  }
  return planSetUp(missing, release, await readSourceFiles(machine));
}

async function demandConsent({ consents, ask, needsConsent, command }: SetUpRequest): Promise<void> {
  if (consents) return;
  if (ask === undefined) {
    if (!needsConsent) return;
    throw new ConfigurationError(
      `nothing was changed, since nobody can be asked here; run \`npm run ${command} -- --yes\` to agree`,
    );
  }
  const answer = await ask('Change this machine so?');
  if (answer === null) throw new InterruptionError('the person at the terminal');
  if (!answer) throw new ConfigurationError('nothing was changed');
}

async function mendInterrupted({ machine, stderr }: SetUpRequest): Promise<void> {
  stderr.write('An earlier set-up was killed while it installed packages; finishing that ...\n');
  stderr.write(describeOutcome([], await finishInterrupted(machine)));
}

async function carryOut({ machine, signal, stderr, ask, tools }: SetUpRequest, plan: SetUpPlan): Promise<void> {
  const outcome = await showProgress(stderr, ask !== undefined, (say) => installPackages(machine, plan, signal, say));
  stderr.write(describeOutcome(plan.sourceChanges, outcome));
  const missing = await listMissingTools(machine, tools);
  if (missing.length > 0) {
    throw new Error(
      `${missing.join(', ')} is still missing after ${plan.packages.join(', ')} came; install it yourself`,
    );
  }
}
