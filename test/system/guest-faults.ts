import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { connectMonitor } from '../../src/guests/qemu-monitor.ts';
import { guestServer } from '../../src/images/guest-tree.ts';
import { createLocalMachine } from '../../src/machines/local.ts';
import { embeddedTopology } from '../../src/networks/embedded.ts';
import type { GuestKind } from '../../src/vocabulary.ts';

const machine = createLocalMachine();

async function listPids(...args: string[]): Promise<string[]> {
  const find = { program: 'pgrep', args };
  return (await machine.run(find, { timeoutSeconds: 5, allowFailure: true })).stdout.split('\n').filter(Boolean);
}

/** The container's first process, seen from outside; null when there is none. */
export async function findContainerProcess(): Promise<string | null> {
  for (const pid of await listPids('-f', guestServer)) {
    if (/^NSpid:.*\s1$/m.test((await machine.readFile(`/proc/${pid}/status`)) ?? '')) return pid;
  }
  return null;
}

/** Every process of the guest that runs at the moment. */
export async function listGuestProcesses(kind: GuestKind): Promise<string[]> {
  if (kind === 'qemu') return listPids('-f', '^qemu-system-x86_64 -name tunegate-');
  if (kind === 'bare')
    return [...(await listPids('-f', '^netserver -D')), ...(await listPids('-f', '^iperf3 --server'))];
  const first = await findContainerProcess();
  return first === null ? [] : listPids('--ns', first, '--nslist', 'pid', '');
}

export async function signalProcesses(signal: 'KILL' | 'STOP' | 'CONT', pids: readonly string[]): Promise<void> {
  if (pids.length === 0) throw new Error(`there is nothing to send SIG${signal} to`);
  await machine.run({ program: 'kill', args: [`-${signal}`, ...pids] }, { timeoutSeconds: 5, allowFailure: true });
}

/** Kills the guest: a container by its first process, with which the kernel ends all others. */
export async function killGuest(kind: GuestKind): Promise<void> {
  const first = kind === 'docker' ? await findContainerProcess() : null;
  await signalProcesses('KILL', first === null ? await listGuestProcesses(kind) : [first]);
}

/** Tells QEMU something over a monitor of our own. */
export async function tellQemu(socket: string, command: string): Promise<void> {
  const { signal } = new AbortController();
  const monitor = await connectMonitor({ machine, socket, deadlineSeconds: 2, hasEnded: () => false, signal });
  try {
    await monitor.execute(command, z.unknown());
  } finally {
    monitor.close();
  }
}

export async function setWire(state: 'up' | 'down'): Promise<void> {
  const { clientNamespace, clientDevice } = embeddedTopology;
  const args = ['-n', clientNamespace, 'link', 'set', 'dev', clientDevice, state];
  await machine.run({ program: 'ip', args }, { timeoutSeconds: 5 });
}

/** Stops the measuring tool that runs, or is about to. */
export async function freezeTool(): Promise<void> {
  for (;;) {
    const tools = await listPids('-x', 'netperf');
    if (tools.length > 0) return signalProcesses('STOP', tools);
    await sleep(10);
  }
}
