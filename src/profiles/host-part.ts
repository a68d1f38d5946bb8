import type { ParameterCommand } from './parameter-command.ts';
import type { Reading } from './reading.ts';

/** Where on a host a parameter acts. */
export interface HostPlace {
  /** Numbers of the online CPUs. */
  readonly cpus: readonly number[];
  /** The network interface under test and the namespace it is in now (null: the host's own); null: none is named. */
  readonly nic: { readonly name: string; readonly namespace: string | null } | null;
  /** Socket of the private dockerd that runs now; null: none does. */
  readonly dockerSocket: string | null;
}

/** What a parameter wants to be read on the host. */
export interface HostReads {
  /** Absolute paths; `*` stands for any part of one name, and every match is read. */
  readonly files?: readonly string[];
  /** Programs whose standard output is wanted; they change nothing. */
  readonly commands?: readonly ParameterCommand[];
}

/** What was read, by everything that `HostReads` named. */
export interface HostReadings {
  /** Content without the last line break, by path; no key for what does not exist or cannot be read. */
  readonly files: Readonly<Record<string, string>>;
  /** Standard output by command line, the program and its arguments joined by spaces; no key for one that failed. */
  readonly outputs: Readonly<Record<string, string>>;
}

/** One step that changes a host: data, so that a state file can keep the way back. */
export type HostAction =
  | { readonly kind: 'write'; readonly path: string; readonly text: string }
  | { readonly kind: 'run'; readonly program: string; readonly args: readonly string[] };

export interface HostChange {
  readonly apply: readonly HostAction[];
  /** Leads from any point of `apply` back to exactly what was read before. */
  readonly restore: readonly HostAction[];
}

/** What a parameter means for the next boot of a host. */
export interface HostBootSettings {
  /** Name of the kernel, `debian-6.12-rt`. */
  readonly kernel?: string;
  /** Words of the kernel's command line. */
  readonly words?: readonly string[];
  /** The two halves of `hugepagesz=2M hugepages=N`, which must stand in this order. */
  readonly hugePageBytes?: number;
  readonly hugeMemoryBytes?: number;
}

/** How a parameter reaches a host, and how it is read back from it. Everything here is pure. */
export interface HostPart<Value> {
  readonly reads: (value: Value, place: HostPlace) => HostReads;
  /** Layer `host`: what sets it on the running host, from what `reads` found before; nothing to set: empty lists. */
  readonly change?: (value: Value, before: HostReadings, place: HostPlace) => HostChange;
  /** Layer `host-boot`: what sets it at the next boot. */
  readonly boot?: (value: Value) => HostBootSettings;
  /** Words of the kernel's command line by which others may have set it already, `isolcpus`; they make room for ours. */
  readonly bootKeys?: readonly string[];
  /** Layer `daemon`: arguments of dockerd. */
  readonly daemonArguments?: (value: Value) => readonly string[];
  readonly read: (value: Value, readings: HostReadings, place: HostPlace) => Reading;
}
