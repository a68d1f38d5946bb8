import type { Machine } from '../../machines/machine.ts';
import type { HostBoot } from '../../profiles/boot-settings.ts';
import type { Power } from './power.ts';

/** A host that can be told to boot, and brought back when it does not answer. */
export interface BootableHost {
  /** The host, over ssh, as root. */
  readonly machine: Machine;
  /** Commands on the controller, each a program with its arguments; null: nobody but a person can bring it back. */
  readonly power: Power | null;
  /** File on the controller that collects the host's serial console; null: none does. */
  readonly console: string | null;
  readonly controller: Machine;
}

/** What one side wants booted, or the entry that the host boots by itself. */
export type BootRequest = HostBoot | 'default';

export interface BootOptions {
  /** From the reboot on, and again after each of at most two power cycles; seconds. A server takes minutes to test its memory: 600. */
  readonly deadlineSeconds?: number;
  readonly signal?: AbortSignal | undefined;
  /** Told what goes on, a sentence each. */
  readonly say?: (sentence: string) => void;
}

export interface BootOutcome {
  readonly bootId: string;
  /** `default` when something else was asked for: that did not come up, and `log` says what was seen of it. */
  readonly entry: 'asked' | 'default';
  /** From the reboot until its services had started; 0: it ran already. */
  readonly seconds: number;
  /** The console since the reboot, else the kernel's log of what came up, last lines; null: it ran already. */
  readonly log: string | null;
}
