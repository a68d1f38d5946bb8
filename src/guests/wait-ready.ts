import { setTimeout as sleep } from 'node:timers/promises';
import { lastLines, MeasurementError } from '../errors.ts';
import { type Command, inNamespace, type Machine } from '../machines/machine.ts';

/** netperf's control port: a guest is ready when it answers. */
export const controlPort = 12865;

/**
 * One attempt to connect, from the client's side. The limit is short because an attempt that meets no answer to its ARP
 * request would otherwise wait for seconds while the guest has long come up.
 */
export function buildConnectCommand(namespace: string | null, address: string, port: number): Command {
  const connect = 'exec 3<>"/dev/tcp/$0/$1"';
  return inNamespace(namespace, { program: 'timeout', args: ['0.25', 'bash', '-c', connect, address, String(port)] });
}

/**
 * One attempt where QEMU accepts connections in the guest's place, before the guest listens: what counts is a connection
 * that stays. A guest that does not listen ends it at once; netserver waits for the client to begin.
 */
export function buildHeldConnectCommand(namespace: string | null, address: string, port: number): Command {
  const hold = 'exec 3<>"/dev/tcp/$0/$1"; read -r -t 0.2 -u 3; [ $? -gt 128 ]';
  return inNamespace(namespace, { program: 'timeout', args: ['1', 'bash', '-c', hold, address, String(port)] });
}

export interface Waiting {
  /** Machine from which the guest is asked; the log is read on the guest's own. */
  readonly client: Machine;
  /** null: the client's own network. */
  readonly namespace: string | null;
  readonly address: string;
  readonly deadlineSeconds: number;
  readonly logFile: string;
  /**
   * Text in the log from which on the guest answers for its ports itself; until then QEMU holds connections to them
   * open. Absent: nobody else answers.
   */
  readonly answersFrom?: string;
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

async function connects(machine: Machine, waiting: Waiting): Promise<boolean> {
  const { client, namespace, address, answersFrom, logFile, signal } = waiting;
  if (answersFrom !== undefined && !(await machine.readFile(logFile))?.includes(answersFrom)) return false;
  const build = answersFrom === undefined ? buildConnectCommand : buildHeldConnectCommand;
  const command = build(namespace, address, controlPort);
  return (await client.run(command, { timeoutSeconds: 5, signal, allowFailure: true })).exitCode === 0;
}

async function quoteLog(machine: Machine, logFile: string): Promise<string> {
  const said = lastLines((await machine.readFile(logFile)) ?? '', 5);
  return said === '' ? '; it printed nothing' : `; its last lines: ${said}`;
}
