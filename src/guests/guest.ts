import type { Profile } from '../profiles/profile.schema.ts';
import type { Check, Facts } from '../results/journal.schema.ts';
import type { Accelerator, Attachment, GuestKind, Layer } from '../vocabulary.ts';
import type { GuestHandle } from './deployment.schema.ts';

export interface GuestRequest {
  /** Deployment id; names the guest and its log. */
  readonly id: string;
  readonly attachment: Attachment;
  readonly profile: Profile;
  /** Only parameters of these layers are applied and probed. */
  readonly layers: readonly Layer[];
  /** File that collects what the guest prints. */
  readonly logFile: string;
  /** How long the start may take, seconds, until the control port answers. */
  readonly deadlineSeconds: number;
  readonly signal: AbortSignal;
}

/** Processes on the machine by which a guest can be looked at from outside; null: none. */
export interface WatchedProcesses {
  /** In the network namespace of the guest's servers. */
  readonly network: number | null;
  /** Whose threads are the guest. Servers that fork a process for every test have no such one. */
  readonly threads: number | null;
}

/** A guest whose control port answers. */
export interface RunningGuest {
  /** As the client reaches it. */
  readonly address: string;
  /** The one port for netperf's data, where not every port of the guest is reached. */
  readonly dataPort?: number;
  /** How a virtual machine is run; null for the other kinds. */
  readonly accelerator: Accelerator | null;
  /** From the start of the guest until its control port answered, seconds. */
  readonly readySeconds: number;
  readonly watched?: WatchedProcesses;
  /** Whether it has ended by itself: killed, panicked, or its servers gone. Then nothing more can be measured. */
  hasEnded(): boolean;
  /** By which others can read back what is in force; null for a guest that is none, which no parameter reaches. */
  readonly handle: GuestHandle | null;
  collectFacts(): Promise<Facts>;
  /** Reads back what is in force: one check for every parameter of these layers. */
  probe(parameters: Profile['parameters'], layers: readonly Layer[]): Promise<Check[]>;
  /** Ends and removes the guest and checks that nothing of it is left. Idempotent. */
  stop(): Promise<void>;
}

/** One guest kind, ready to start guests. `launch` leaves nothing behind when it throws. */
export interface GuestKindDriver {
  readonly kind: GuestKind;
  launch(request: GuestRequest): Promise<RunningGuest>;
}
