import { join } from 'node:path';
import { MeasurementError } from '../../src/errors.ts';
import { acquireLock } from '../../src/hosts/lock.ts';
import { findRunFolders } from '../../src/hosts/root-program.ts';
import { benchmarkRequestSchema } from '../../src/hosts/root-requests.schema.ts';
import { stepAside } from '../../src/hosts/step-aside.ts';
import { createOrders } from '../../src/measurement/go-on.ts';
import type { HeldGuest } from '../../src/measurement/held-guest.schema.ts';
import { measureHeldGuest } from '../../src/measurement/measure-held.ts';
import { openWindows } from '../../src/measurement/prepare-machine.ts';
import { listGuestCpus } from '../../src/profiles/guest-cpus.ts';
import type { RunEndLine } from '../../src/results/journal.schema.ts';
import { createJournal } from '../../src/results/write-journal.ts';
import { UndoStack } from '../../src/undo.ts';
import { exitCodes } from '../exit-codes.ts';
import type { MeasurementOrder } from '../measurement-order.ts';
import { createProgress } from '../progress.ts';
import { nameRun } from '../run-measurement.ts';
import type { Surroundings } from '../surroundings.ts';
import { tunegateVersion } from '../version.ts';
import { orderSingleGuest } from './order-single-guest.ts';
import { readHeldGuest, readProvisionRequest } from './provision.ts';
import { readDocument } from './read-document.ts';
import { createRun, type RunsRoom } from './runs-room.ts';

/** `benchmark ID`: measures a guest that `provision` holds, one at a time, into the folder of run ID. */
export async function benchmarkGuest(room: RunsRoom, id: string, surroundings: Surroundings): Promise<void> {
  const { guest: guestId, ...work } = await readDocument(surroundings.stdin, benchmarkRequestSchema);
  const held = await readHeldGuest(room, guestId);
  const { folder, run } = await createRun(room, id, process.pid);
  const guestFolder = findRunFolders(guestId, room.parent).folder;
  const order = await orderSingleGuest(folder, await readProvisionRequest(guestFolder), work, surroundings);
  const undo = new UndoStack();
  let status: RunEndLine['status'];
  try {
    const release = await acquireLock(room.machine, join(guestFolder, 'benchmarks'), process.pid, new Date());
    undo.push('release the guest', release);
    status = await createProgress(surroundings).step(`Measure ${held.deployment.guest.kind}`, ({ say }) =>
      measure(room, order, held, surroundings, say, undo),
    );
  } finally {
    await undo.runAll();
  }
  surroundings.stdout.write(`${run}: ${status}\n`);
  if (status === 'interrupted') surroundings.setExitCode(exitCodes.interrupted);
}

async function measure(
  { machine }: RunsRoom,
  order: MeasurementOrder,
  held: HeldGuest,
  { signal, home }: Surroundings,
  say: (text: string) => void,
  undo: UndoStack,
): Promise<RunEndLine['status']> {
  const { plan, topology, out, request, seed } = order;
  const { placement, undo: moveBack } = await stepAside(
    machine,
    process.pid,
    listGuestCpus([request.baseline], plan.layers),
  );
  undo.push('take the CPUs back', moveBack);
  const windows = await openWindows({ machine, client: machine }, topology, undo);
  const now = () => new Date();
  const journal = await createJournal(out, now);
  undo.push('close the journal', () => journal.close());
  const context = {
    ...{ machine, client: machine, topology, plan, windows, placement, journal, signal, now },
    profiles: { baseline: request.baseline, candidate: request.baseline },
    drivers: new Map(),
    versions: { tunegate: await tunegateVersion(home), ...order.versions, ...held.versions },
    folder: out,
    watch: (event: { kind: string; test?: string; reason?: string | null }) => {
      if (event.kind === 'sample-failed') say(`${event.test} failed: ${event.reason}`);
    },
    nextOrder: createOrders(null),
  };
  const status = await measureHeldGuest(context, held, { id: nameRun(now()), seed });
  if (status === 'partial' && context.nextOrder.sample() === 1) {
    throw new MeasurementError('no sample was taken; the reason is in the last line of run.jsonl');
  }
  return status;
}
