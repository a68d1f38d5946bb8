import * as z from 'zod';
import { lastLines, MeasurementError, messageOf } from '../errors.ts';
import { markProcess, type ProcessMark } from '../hosts/processes.ts';
import type { BackgroundProcess, Command, Machine } from '../machines/machine.ts';
import type { Accelerator } from '../vocabulary.ts';
import { buildQemuCommand, type VirtualMachine } from './qemu-command.ts';
import { kvmSchema, statusSchema } from './qemu-monitor.schema.ts';
import { connectMonitor, type Monitor } from './qemu-monitor.ts';

/** A QEMU that runs, and its monitor. */
export interface QemuProcess {
  readonly monitor: Monitor;
  readonly pid: number;
  hasEnded(): boolean;
  /** Asks QEMU to quit, kills it when it does not, and waits until it is gone. Idempotent. */
  stop(): Promise<void>;
}

export interface QemuStart {
  readonly machine: Machine;
  readonly guest: VirtualMachine;
  /** Puts the command where it shall run. */
  readonly enter: (command: Command) => Command;
  /** Tells the run's state of the process, so that a crash does not leave it behind. */
  readonly note: (what: string, mark: ProcessMark) => Promise<void>;
  readonly signal: AbortSignal;
}

/** Starts QEMU and connects to it; leaves nothing behind when it throws, with QEMU's last words in the message. */
export async function startQemu({ machine, guest, enter, note, signal }: QemuStart): Promise<QemuProcess> {
  const { logFile } = guest;
  const process = await machine.start(enter(buildQemuCommand(guest)), { logFile });
  try {
    const mark = await markProcess(machine, process.pid);
    if (mark !== null) await note(`qemu ${guest.name}`, mark);
    const { hasEnded } = process;
    const monitor = await connectMonitor({ machine, socket: guest.monitor, deadlineSeconds: 10, hasEnded, signal });
    const stop = () => stopQemu(machine, process, monitor, guest);
    return { monitor, pid: process.pid, hasEnded, stop };
  } catch (thrown) {
    await stopQemu(machine, process, null, guest);
    signal.throwIfAborted();
    const said = lastLines((await machine.readFile(logFile)) ?? '', 5);
    throw new MeasurementError(
      `${messageOf(thrown)}${said === '' ? '; it printed nothing' : `; its last lines: ${said}`}`,
      {
        cause: thrown,
      },
    );
  }
}

async function stopQemu(
  machine: Machine,
  process: BackgroundProcess,
  monitor: Monitor | null,
  { monitor: socket, secondMonitor, channel }: VirtualMachine,
) {
  // A QEMU that hangs or has ended cannot answer: then the kill that follows is the answer.
  if (!process.hasEnded()) await monitor?.execute('quit', z.unknown()).catch(() => {});
  monitor?.close();
  await process.stop(2);
  const sockets = [socket, secondMonitor, channel].filter((path) => path !== null);
  await machine.run({ program: 'rm', args: ['-f', ...sockets] }, { timeoutSeconds: 5 });
}

/** What really runs the guest: QEMU's word, whatever it was asked for. Throws for a guest that does not run. */
export async function readAccelerator(monitor: Monitor): Promise<Accelerator> {
  const { running, status } = await monitor.execute('query-status', statusSchema);
  if (!running) throw new MeasurementError(`the guest does not run: QEMU calls its state ${status}`);
  return (await monitor.execute('query-kvm', kvmSchema)).enabled ? 'kvm' : 'tcg';
}
