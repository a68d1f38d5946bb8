import type { Machine } from '../machines/machine.ts';
import { type LabRequest, removeLab, whileLabLocked } from './lab-state.ts';

export interface DownRequest extends LabRequest {
  readonly cache: string;
}

/** Takes the lab down, or what a killed command left of one; finished images stay. Returns what there was. */
export async function takeDown(request: DownRequest): Promise<readonly string[]> {
  const { machine, folder, cache } = request;
  return whileLabLocked(request, async () => {
    const removed = await removeLab(machine, folder);
    await removeHalfBuilt(machine, cache);
    return removed;
  });
}

/** After everything that could still be at it has ended. */
async function removeHalfBuilt(machine: Machine, cache: string): Promise<void> {
  const names = ['-mindepth', '1', '-maxdepth', '1', '(', '-name', '*.stage', '-o', '-name', '*.stage.log', ')'];
  const command = { program: 'find', args: [cache, ...names, '-exec', 'rm', '-rf', '{}', '+'] };
  // There is no cache folder where nothing was ever built.
  await machine.run(command, { timeoutSeconds: 120, allowFailure: true });
}
