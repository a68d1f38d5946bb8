import * as z from 'zod';
import { MeasurementError, messageOf } from '../errors.ts';
import { ip } from '../machines/ip.ts';
import { inNamespace, type Machine } from '../machines/machine.ts';
import type { ClientPlace } from './topology.ts';

const routesSchema = z.array(z.looseObject({ dst: z.string(), dev: z.string(), type: z.string().optional() })).min(1);

/** No packet leaves by accident: throws a `MeasurementError` unless the client reaches the address by the planned device. */
export async function checkRoute(machine: Machine, place: ClientPlace, address: string): Promise<void> {
  const { clientNamespace, clientDevice } = place;
  const command = inNamespace(clientNamespace, ip('-j', 'route', 'get', address));
  const { exitCode, stdout, stderr } = await machine.run(command, { timeoutSeconds: 5, allowFailure: true });
  if (exitCode !== 0) {
    const from = clientNamespace ?? machine.name;
    throw new MeasurementError(`${address} cannot be reached from ${from}: ${stderr.trim()}`);
  }
  const problem = judgeRoute(stdout, clientDevice);
  if (problem !== null) {
    throw new MeasurementError(`traffic to ${address} would ${problem}; it must leave by ${clientDevice}`);
  }
}

/**
 * What is wrong with the answer of `ip -j route get`, completing "traffic would"; null when it is as planned. Traffic
 * that stays on the machine is as planned only where its loopback is the planned device.
 */
export function judgeRoute(answer: string, device: string): string | null {
  try {
    const route = routesSchema.parse(JSON.parse(answer))[0];
    if (route === undefined) return 'have no route';
    if (route.type === 'local' && device !== 'lo') return 'stay on the machine itself (a local address)';
    return route.dev === device ? null : `leave by ${route.dev}`;
  } catch (thrown) {
    return `take a route that cannot be read (${messageOf(thrown)})`;
  }
}
