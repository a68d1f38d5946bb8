import { readdir } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { closeFailed } from '../../src/close-after.ts';
import { ConfigurationError, messageOf } from '../../src/errors.ts';
import { bootInto } from '../../src/hosts/boot/boot-into.ts';
import { isAlive } from '../../src/hosts/processes.ts';
import { type ListedMachine, rootIdSchema } from '../../src/hosts/root-requests.schema.ts';
import { restoreTreatment } from '../../src/hosts/treatment/restore-treatment.ts';
import { readTreatment } from '../../src/hosts/treatment/treatment-state.ts';
import { UndoStack } from '../../src/undo.ts';
import type { Surroundings } from '../surroundings.ts';
import { openPreparedHost, type PreparedHost } from './prepared-host.ts';
import { readPreparation, wasBooted } from './run-notes.ts';
import { findOwner, forgetRun, type RunsRoom } from './runs-room.ts';

/** Puts back what `prepare ID` has changed on its host: the boot, then the settings that outlived it. Idempotent. */
export async function takeBack(room: RunsRoom, id: string, { stderr, signal }: Surroundings): Promise<void> {
  const request = await readPreparation(room, id);
  if (request === null) return;
  const say = (sentence: string) => stderr.write(`${sentence}\n`);
  const host = await openPreparedHost(room, request.host, signal);
  const booted = (await wasBooted(room, id)) ? host.bootable : null;
  const undo = new UndoStack();
  undo.push('close the host', host.close);
  undo.push('put back the settings of the host', () => putBackSettings(host, id, say));
  if (booted !== null) {
    undo.push('boot the host back', async () => void (await bootInto(booted, 'default', { signal, say })));
  }
  try {
    await host.lock();
  } catch (thrown) {
    // One that somebody measures is left to them. One that does not answer is what a boot, or its power, brings back.
    if (thrown instanceof ConfigurationError || booted === null) {
      throw await closeFailed(host.close, thrown);
    }
    say(`${host.machine.name} does not answer (${messageOf(thrown)}), so it is brought back first.`);
  }
  await undo.runAll();
}

/** Those of this run only: somebody may have put them back, and applied something else. */
async function putBackSettings({ machine, folder }: PreparedHost, id: string, say: (sentence: string) => void) {
  const state = await readTreatment(machine, folder);
  if (state?.run !== id) return;
  const { restored, left, rebooted } = await restoreTreatment(machine, folder);
  const how = rebooted ? 'it has been booted since' : `${restored.length} settings put back`;
  say(`Profile ${state.profile.name} is restored on ${machine.name}: ${[how, ...left].join('; ')}.`);
}

/**
 * What the same user has left on this host: its job was killed with everything, or it would have been removed. A host
 * serves one job at a time, so nobody relies on it any more.
 *
 * @throws ConfigurationError while a preparation of the host still goes on
 */
export async function takeBackForgotten(
  room: RunsRoom,
  id: string,
  host: ListedMachine | undefined,
  surroundings: Surroundings,
): Promise<void> {
  for (const other of await readdir(room.parent)) {
    if (other === id || !rootIdSchema.safeParse(other).success) continue;
    const request = await readPreparation(room, other);
    if (request === null || !isDeepStrictEqual(request.host, host)) continue;
    const owner = await findOwner(room, other).catch(() => null);
    if (owner === null) continue;
    if (await isAlive(room.machine, owner)) {
      throw new ConfigurationError(`this host is being prepared by run ${other}; one at a time is accepted`);
    }
    surroundings.stderr.write(`Run ${other} has left the host as it prepared it; it is put back first.\n`);
    await takeBack(room, other, surroundings);
    await forgetRun(room, other);
  }
}
