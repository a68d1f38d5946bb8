import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { lastLines, MeasurementError, messageOf } from '../errors.ts';
import type { ProcessMark } from '../hosts/processes.ts';
import { readBootId } from '../hosts/run-state.ts';
import { bootMarker } from '../images/initramfs-init.ts';
import type { Machine } from '../machines/machine.ts';
import { accelerators } from '../vocabulary.ts';
import type { VirtualMachine } from './qemu-command.ts';
import { readAccelerator, startQemu } from './qemu-process.ts';

/** A guest on KVM boots in about a second; one that has not after so long hangs. With its removal the answer takes 15 s at most. */
const probeDeadlineSeconds = 8;

const decisionSchema = z.strictObject({
  schema: z.literal('tunegate.accelerator/1'),
  bootId: z.string(),
  qemu: z.string(),
  accelerator: z.enum(accelerators),
  /** Why; completes "virtual machines run under tcg: ". */
  reason: z.string(),
});

export type AcceleratorDecision = Pick<z.infer<typeof decisionSchema>, 'accelerator' | 'reason'>;

export interface AcceleratorQuestion {
  readonly machine: Machine;
  /** The answer is kept here, for this boot of the machine and this QEMU. */
  readonly cacheFolder: string;
  /** Version of QEMU. */
  readonly qemu: string;
  /** A guest without network that shows the boot marker. */
  readonly guest: Omit<VirtualMachine, 'accelerator' | 'network'>;
  readonly note: (what: string, mark: ProcessMark) => Promise<void>;
  readonly signal: AbortSignal;
}

/**
 * KVM where a guest really boots under it, else TCG. That `/dev/kvm` opens proves nothing: there are machines on which
 * it does and every guest hangs. All guests of a run use the one answer, so that the two are never mixed.
 */
export async function decideAccelerator(question: AcceleratorQuestion): Promise<AcceleratorDecision> {
  const { machine, cacheFolder, qemu } = question;
  const file = `${cacheFolder}/accelerator.json`;
  const bootId = await readBootId(machine);
  const known = parseDecision(await machine.readFile(file));
  if (known !== null && known.bootId === bootId && known.qemu === qemu) {
    return { accelerator: known.accelerator, reason: known.reason };
  }
  const decision = await tryKvm(question);
  const document = { schema: 'tunegate.accelerator/1' as const, bootId, qemu, ...decision };
  await machine.writeFile(file, `${JSON.stringify(document)}\n`);
  return decision;
}

/** null for a text that is no decision: then it is taken anew. */
function parseDecision(text: string | null): z.infer<typeof decisionSchema> | null {
  try {
    return decisionSchema.parse(JSON.parse(text ?? ''));
  } catch {
    return null;
  }
}

async function tryKvm(question: AcceleratorQuestion): Promise<AcceleratorDecision> {
  const { machine, guest, note, signal } = question;
  const exists = { program: 'test', args: ['-c', '/dev/kvm'] };
  if ((await machine.run(exists, { timeoutSeconds: 5, allowFailure: true })).exitCode !== 0) {
    return { accelerator: 'tcg', reason: 'the machine has no /dev/kvm' };
  }
  try {
    const start = { machine, guest: { ...guest, accelerator: 'kvm' as const, network: null }, note, signal };
    const qemu = await startQemu({ ...start, enter: (command) => command });
    try {
      const seconds = await waitForMarker(machine, guest.logFile, qemu.hasEnded, signal);
      const accelerator = await readAccelerator(qemu.monitor);
      return { accelerator, reason: `a probe guest under KVM booted in ${seconds.toFixed(1)} s` };
    } finally {
      await qemu.stop();
    }
  } catch (thrown) {
    signal.throwIfAborted();
    return { accelerator: 'tcg', reason: messageOf(thrown) };
  }
}

async function waitForMarker(machine: Machine, logFile: string, hasEnded: () => boolean, signal: AbortSignal) {
  const started = performance.now();
  for (;;) {
    signal.throwIfAborted();
    const seconds = (performance.now() - started) / 1000;
    const said = (await machine.readFile(logFile)) ?? '';
    if (said.includes(bootMarker)) return seconds;
    if (hasEnded()) throw new MeasurementError(`a probe guest under KVM ended at once: ${lastLines(said, 3)}`);
    if (seconds > probeDeadlineSeconds) {
      throw new MeasurementError(`a probe guest under KVM had not booted after ${probeDeadlineSeconds} s`);
    }
    await sleep(20);
  }
}
