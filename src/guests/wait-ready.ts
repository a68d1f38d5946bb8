import { setTimeout as sleep } from 'node:timers/promises';
import { lastLines, MeasurementError } from '../errors.ts';
import { type Command, inNamespace, type Machine } from '../machines/machine.ts';

/** netperf's control port: a guest is ready when it answers. */
export const controlPort = 12865;

/**
 * One attempt to connect, from the client's side. The limit is short because an attempt that meets no answer to its ARP
 * request would otherwise wait for seconds while the guest has long come up.
 */
export function buildConnectCommand(namespace: string, address: string, port: number): Command {
  const connect = 'exec 3<>"/dev/tcp/$0/$1"';
  return inNamespace(namespace, { program: 'timeout', args: ['0.25', 'bash', '-c', connect, address, String(port)] });
}

export interface Waiting {
  readonly namespace: string;
  readonly address: string;
  readonly deadlineSeconds: number;
  readonly logFile: string;
  /** Whether the guest has ended by itself. */
  hasEnded(): boolean;
  readonly signal: AbortSignal;
}

/** Resolves when the control port answers; throws with the last lines of the guest's log when it does not in time. */
export async function waitUntilReady(machine: Machine, waiting: Waiting): Promise<void> {
  const deadline = performance.now() + waiting.deadlineSeconds * 1000;
  for (;;) {
    if (await connects(machine, waiting)) return;
    if (waiting.hasEnded())
      throw new MeasurementError(`the guest ended before it was ready${await quoteLog(machine, waiting.logFile)}`);
    if (performance.now() > deadline) {
      throw new MeasurementError(
        `the guest was not ready after ${waiting.deadlineSeconds} s (port ${controlPort} of ${waiting.address} does not answer)${await quoteLog(machine, waiting.logFile)}`,
      );
    }
    await sleep(10);
  }
}

async function connects(machine: Machine, { namespace, address, signal }: Waiting): Promise<boolean> {
  const command = buildConnectCommand(namespace, address, controlPort);
  return (await machine.run(command, { timeoutSeconds: 5, signal, allowFailure: true })).exitCode === 0;
}

async function quoteLog(machine: Machine, logFile: string): Promise<string> {
  const said = lastLines((await machine.readFile(logFile)) ?? '', 5);
  return said === '' ? '; it printed nothing' : `; its last lines: ${said}`;
}
