import type { Writable } from 'node:stream';
import type { Tool } from '../src/hosts/tools.ts';
import type { Machine } from '../src/machines/machine.ts';

/** Everything that set-up takes from the world, handed in so that a test can hand in something else. */
export interface SetUpRequest {
  readonly machine: Machine;
  /** Name of the npm script, or of tunegate's command, that is about to run. */
  readonly command: string;
  /** What it needs; absent: what measuring needs. */
  readonly tools?: readonly Tool[];
  /** true: without what is missing the command does less and says so; false: it cannot run. */
  readonly mayGoOnWithout: boolean;
  /** Whether changes off a terminal need `--yes`. On a terminal they are asked about unless it is given. */
  readonly needsConsent: boolean;
  /** `--yes` was given. */
  readonly consents: boolean;
  /** Asks the person at the terminal: null when they left without an answer. Absent where nobody is there. */
  readonly ask?: (question: string) => Promise<boolean | null>;
  /** Process that owns the machine's lock while the machine is changed. */
  readonly pid: number;
  readonly stderr: Writable;
  readonly signal: AbortSignal;
}
