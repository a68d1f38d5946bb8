import { setTimeout as sleep } from 'node:timers/promises';
import { MeasurementError, messageOf } from '../errors.ts';
import { readBootId } from '../hosts/run-state.ts';
import type { Machine } from '../machines/machine.ts';
import type { WireEnds } from '../networks/topology.ts';

/** A cable is plugged in again, or a switch has restarted, within minutes or not at all. */
const awaySeconds = 120;

/** Between two tries, each of which may itself wait for a connection. */
const pauseSeconds = 1;

/**
 * Waits until both machines answer again after a connection was lost. Returns why the run cannot go on, or null: a
 * machine that stays away, or a host that was booted meanwhile and has nothing of the run any more.
 *
 * @param bootId of the host, as it was before; null: any will do
 */
export async function awaitMachines(
  { machine, client }: WireEnds,
  bootId: string | null,
  { signal, seconds = awaySeconds }: { readonly signal: AbortSignal; readonly seconds?: number },
): Promise<string | null> {
  try {
    const [found] = await Promise.all([awaitAnswer(machine, seconds, signal), awaitAnswer(client, seconds, signal)]);
    return bootId === null || found === bootId ? null : `${machine.name} was booted while it was measured`;
  } catch (thrown) {
    signal.throwIfAborted();
    return messageOf(thrown);
  }
}

/** Resolves with its boot id. */
async function awaitAnswer(machine: Machine, seconds: number, signal: AbortSignal): Promise<string> {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    try {
      return await readBootId(machine);
    } catch (thrown) {
      signal.throwIfAborted();
      if (performance.now() > deadline) {
        const away = `${machine.name} did not answer again within ${seconds} s`;
        throw new MeasurementError(`${away}: ${messageOf(thrown)}`, { cause: thrown });
      }
    }
    await sleep(pauseSeconds * 1000, undefined, { signal });
  }
}
