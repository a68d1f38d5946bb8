import { messageOf } from '../../errors.ts';
import type { Machine } from '../../machines/machine.ts';
import type { InventoryMachine } from '../../plans/inventory.schema.ts';
import { judgeBootability } from '../boot/judge-bootability.ts';
import { examineMachine } from '../examine-machine.ts';
import { machineFolders } from '../folders.ts';
import type { Capability } from '../judge-capabilities.ts';
import { readTreatment } from '../treatment/treatment-state.ts';
import { attention, type DoctorCheck, missing, ok } from './check.ts';

/** What a machine must have to run guests and to be booted into profiles. */
export async function examineHost(
  machine: Machine,
  { power, console }: InventoryMachine,
  signal: AbortSignal,
): Promise<readonly DoctorCheck[]> {
  const report = await examineMachine(machine);
  const boots = await judgeBootability(machine, { power: power ?? null, console: console ?? null }, signal);
  const treatment = await judgeTreatment(machine);
  return [
    ...judgeCapabilities(report.capabilities),
    ...report.notices.map((notice) => attention('in use', notice)),
    treatment,
    ...boots.map(({ what, state, found, remedy }) =>
      state === 'fine'
        ? ok(`boot: ${what}`, found)
        : attention(`boot: ${what}`, describeBootTrouble(state, found, remedy)),
    ),
  ];
}

function describeBootTrouble(state: 'weak' | 'missing', found: string, remedy: string | null): string {
  const accepted = remedy === null ? '' : `; accepted is ${remedy}`;
  return state === 'missing'
    ? `${found}${accepted}; without it no plan with layer host-boot can run`
    : `${found}${accepted}`;
}

/** Without any guest nothing can be measured; one kind that is not there is left out of plans. */
function judgeCapabilities(capabilities: readonly Capability[]): readonly DoctorCheck[] {
  const guests = capabilities.filter(({ kind }) => kind === 'guest');
  const none = guests.every(({ available }) => !available);
  return guests.map(({ name, available, reason, remedy }) => {
    if (available) return ok(`guest ${name}`, 'can run');
    const sentence = `${reason}; to get it: ${remedy}`;
    return none ? missing(`guest ${name}`, sentence) : attention(`guest ${name}`, sentence);
  });
}

async function judgeTreatment(machine: Machine): Promise<DoctorCheck> {
  try {
    const state = await readTreatment(machine, machineFolders.state);
    if (state === null) return ok('treatment', 'none is applied');
    const { profile, appliedAt } = state;
    return attention(
      'treatment',
      `profile ${profile.name} is applied since ${appliedAt}; \`tunegate profile restore --machine ${machine.name}\` puts back what was there before`,
    );
  } catch (thrown) {
    return attention('treatment', messageOf(thrown));
  }
}
