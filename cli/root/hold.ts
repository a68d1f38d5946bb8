import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigurationError, MeasurementError } from '../../src/errors.ts';
import { findRunFolders } from '../../src/hosts/root-program.ts';
import { holdGuest } from '../../src/measurement/hold-guest.ts';
import { type PreparedMachine, prepareMachine } from '../../src/measurement/prepare-machine.ts';
import { listGuestCpus } from '../../src/profiles/guest-cpus.ts';
import { listGuestKernels } from '../../src/profiles/list-guest-kernels.ts';
import type { MeasurementOrder } from '../measurement-order.ts';
import { createProgress, type Voice } from '../progress.ts';
import type { Surroundings } from '../surroundings.ts';
import { noWork, orderSingleGuest } from './order-single-guest.ts';
import { readProvisionRequest, writeHeldGuest } from './provision.ts';
import { findOwner, type RunsRoom } from './runs-room.ts';

/** `hold ID`, started by `provision`: prepares the machine, starts the guest, and keeps both until it is told to end. */
export async function holdUntilTold(room: RunsRoom, id: string, surroundings: Surroundings): Promise<void> {
  const { folder } = findRunFolders(id, room.parent);
  if ((await findOwner(room, id)) === null) {
    throw new ConfigurationError(`there is no run ${id}; only \`provision\` starts \`hold\``);
  }
  const request = await readProvisionRequest(folder);
  const order = await orderSingleGuest(folder, request, noWork, surroundings);
  const progress = createProgress(surroundings);
  const prepared = await progress.step('Prepare the machine', ({ say }) =>
    prepare(room, id, order, say, surroundings.signal),
  );
  try {
    await progress.step(`Start ${request.guest} on ${request.attachment}`, ({ say }) =>
      startAndHold(room, id, order, prepared, say, surroundings.signal),
    );
  } finally {
    await progress.step('Clean up', () => prepared.restore());
  }
}

function prepare(
  { machine }: RunsRoom,
  id: string,
  { request, plan, folders, topology, out }: MeasurementOrder,
  say: Voice['say'],
  signal: AbortSignal,
): Promise<PreparedMachine> {
  return prepareMachine({
    ...{ machine, folders, topology, run: id, guests: plan.guests, logFolder: join(out, 'logs'), pid: process.pid },
    guestCpus: listGuestCpus([request.baseline], plan.layers),
    kernels: listGuestKernels([request.baseline], plan.layers),
    watch: (event) => event.kind === 'step' && say(event.text),
    ...{ signal, now: () => new Date() },
  });
}

async function startAndHold(
  { machine, parent }: RunsRoom,
  id: string,
  { request, plan, out }: MeasurementOrder,
  prepared: PreparedMachine,
  say: Voice['say'],
  signal: AbortSignal,
): Promise<void> {
  const { folder, deployment } = findRunFolders(id, parent);
  const [guest] = plan.guests;
  const [attachment] = plan.attachments;
  if (guest === undefined || attachment === undefined) throw new Error('a plan of one guest has one');
  const common = { profile: request.baseline, layers: plan.layers, logFile: join(out, 'logs', `d001-${guest}.log`) };
  const holding = await holdGuest({ ...common, machine, guest, attachment, id, signal }, prepared);
  try {
    say(`ready after ${holding.held.readySeconds.toFixed(2)} s, ${holding.checks.length} settings verified`);
    await writeHeldGuest(folder, deployment, holding.held);
    await sleepUntilOver(holding.hasEnded, signal);
  } finally {
    await rm(deployment, { force: true });
    await holding.stop();
  }
}

/** The guest may end by itself; then there is nothing left to hold. */
async function sleepUntilOver(hasEnded: () => boolean, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    if (hasEnded()) throw new MeasurementError('the guest ended by itself');
    await sleep(1000, undefined, { signal }).catch(() => {});
  }
}
