import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { MeasurementError } from '../errors.ts';
import { ip } from '../machines/ip.ts';
import type { Machine } from '../machines/machine.ts';

/** Two ends agree on their speed within 2 to 4 s; an emulated one takes as long. */
const carrierSeconds = 20;

const linksSchema = z.array(z.looseObject({ flags: z.array(z.string()) })).length(1);

/** Waits until the link carries something. Throws a `MeasurementError` when it does not in time. */
export async function awaitCarrier(
  machine: Machine,
  namespace: string,
  device: string,
  signal: AbortSignal,
): Promise<void> {
  const show = ip('-n', namespace, '-j', 'link', 'show', 'dev', device);
  const deadline = performance.now() + carrierSeconds * 1000;
  for (;;) {
    const { stdout } = await machine.run(show, { timeoutSeconds: 10, signal });
    if (hasCarrier(stdout)) return;
    if (performance.now() > deadline) {
      throw new MeasurementError(
        `${device} of ${machine.name} has no carrier after ${carrierSeconds} s: the cable or the other end is missing`,
      );
    }
    await sleep(100, undefined, { signal });
  }
}

/** The answer of `ip -j link show dev DEVICE`. */
function hasCarrier(answer: string): boolean {
  const [link] = linksSchema.parse(JSON.parse(answer));
  return link?.flags.includes('LOWER_UP') === true;
}
