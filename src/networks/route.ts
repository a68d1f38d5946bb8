import * as z from 'zod';
import { MeasurementError, messageOf } from '../errors.ts';
import type { Machine } from '../machines/machine.ts';
import type { Topology } from './topology.ts';

const routesSchema = z.array(z.looseObject({ dst: z.string(), dev: z.string(), type: z.string().optional() })).min(1);

/** No packet leaves by accident: throws a `MeasurementError` unless the client reaches the address by the planned device. */
export async function checkRoute(machine: Machine, topology: Topology, address: string): Promise<void> {
  const command = { program: 'ip', args: ['-n', topology.clientNamespace, '-j', 'route', 'get', address] };
  const { exitCode, stdout, stderr } = await machine.run(command, { timeoutSeconds: 5, allowFailure: true });
  if (exitCode !== 0) {
    throw new MeasurementError(`${address} cannot be reached from ${topology.clientNamespace}: ${stderr.trim()}`);
  }
  const problem = judgeRoute(stdout, topology.clientDevice);
  if (problem !== null) {
    throw new MeasurementError(`traffic to ${address} would ${problem}; it must leave by ${topology.clientDevice}`);
  }
}

/** What is wrong with the answer of `ip -j route get`, completing "traffic would"; null when it is as planned. */
export function judgeRoute(answer: string, device: string): string | null {
  try {
    const route = routesSchema.parse(JSON.parse(answer))[0];
    if (route === undefined) return 'have no route';
    if (route.type === 'local') return 'stay on the machine itself (a local address)';
    return route.dev === device ? null : `leave by ${route.dev}`;
  } catch (thrown) {
    return `take a route that cannot be read (${messageOf(thrown)})`;
  }
}
