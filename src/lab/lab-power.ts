import { ConfigurationError } from '../errors.ts';
import { powerCycle, powerOff, powerOn } from './host-process.ts';
import { labHostNames, labHosts } from './lab.ts';
import { type LabRequest, readLab, whileLabLocked } from './lab-state.ts';

export const powerWords = ['on', 'off', 'cycle'] as const;
export type PowerWord = (typeof powerWords)[number];

/** Switching takes a second, and others may be at it for other hosts. */
const patienceSeconds = 60;

/** Switches a host as a remote power switch does: `off` takes the power away at once. */
export async function switchPower(request: LabRequest, name: string, word: PowerWord): Promise<void> {
  const { machine, folder, signal } = request;
  const host = labHosts.find((known) => known.name === name);
  if (host === undefined) {
    throw new ConfigurationError(`the lab has no host "${name}", accepted are ${labHostNames.join(' and ')}`);
  }
  await whileLabLocked({ ...request, waitSeconds: patienceSeconds }, async () => {
    const lab = await readLab(machine, folder);
    if (lab === null) throw new ConfigurationError('the lab is not up; run `tunegate lab up`');
    const place = { machine, folder, qemu: lab.document.qemu, state: lab.state, signal };
    await { on: powerOn, off: powerOff, cycle: powerCycle }[word](place, host);
  });
}
