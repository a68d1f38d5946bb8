import type { Machine } from '../../machines/machine.ts';
import type { MachineLimits } from '../../profiles/parameter.ts';
import { examineMachine } from '../examine-machine.ts';
import { readLimits } from '../read-limits.ts';

/** What a host has to offer to settings of its own; the network of its guests plays no part in them. */
export async function readHostLimits(machine: Machine): Promise<MachineLimits> {
  const limits = await readLimits(machine, await examineMachine(machine));
  return { ...limits, network: '198.18.0.0/24', takenAddresses: [] };
}
