import type * as z from 'zod';
import type { Attachment, GuestKind, Layer, Regime } from '../vocabulary.ts';
import type { ParameterValue } from './profile.schema.ts';

/** What a machine has to offer; a value that asks for more is refused before anything is started. */
export interface MachineLimits {
  /** Numbers of the online CPUs. */
  readonly cpus: readonly number[];
  readonly memoryBytes: number;
  /** Test network in CIDR form, and the addresses in it that are taken. */
  readonly network: string;
  readonly takenAddresses: readonly string[];
}

/** What `dockerCommands` may refer to. */
export interface RunningContainer {
  /** The interface that carries the test traffic, in the container's network namespace. */
  readonly device: string;
  /** Every process of the container, numbered as the host sees them. */
  readonly processes: readonly number[];
  /** Files `cpu.rt_runtime_us`, outermost first, that a real-time process needs; none where the kernel has no such budget. */
  readonly realTimeBudgets: readonly string[];
}

/** A program and its arguments, run as root with the container's network namespace and everything else of the host. */
export interface ContainerCommand {
  readonly program: string;
  readonly args: readonly string[];
}

/** What was read back from a running container and its kernel side; the input of every `guest.docker` probe. */
export interface DockerReadings {
  /** `/proc/PID/status` of the container's first process, seen from the host. */
  readonly processStatus: string;
  readonly cgroup: {
    /** CPUs' worth of time the quota grants; null when there is no quota. */
    readonly cpuQuota: number | null;
    /** null when there is no limit. */
    readonly memoryLimitBytes: number | null;
  };
  /** The interface that carries the test traffic, as `ip -j -d address show` gives it inside the container's namespace. */
  readonly link: { readonly name: string; readonly mac: string; readonly addresses: readonly string[] };
  /** What the daemon says of the same endpoint; null where it has none, because the whole NIC was handed over. */
  readonly endpoint: { readonly mac: string; readonly address: string } | null;
  /** `ethtool -k` of the same interface. */
  readonly features: string;
  /** Its `txqlen`, packets. */
  readonly queueLength: number;
  /** Settings below `/proc/sys` as a process in the container's network namespace reads them, by dotted name. */
  readonly sysctls: Readonly<Record<string, string>>;
  /** Every process of the container: fields 40 and 41 of `/proc/PID/stat`. */
  readonly processes: readonly { readonly name: string; readonly priority: number; readonly policy: number }[];
  /** `/proc/PID/limits` of the container's first process. */
  readonly limits: string;
  /** Where its standard output goes (`/dev/pts/0`, `pipe:[4711]`), and whether the daemon says that it has a terminal. */
  readonly terminal: { readonly standardOutput: string; readonly daemon: boolean };
}

export type Reading = { readonly found: string; readonly inForce: boolean };

/** Expected direction when the parameter is set as advised. */
export type Effect = 'better' | 'worse' | 'none' | 'depends';

/** One knob of a profile, described once. `Value` is what its schema yields. */
export interface Parameter<Value extends ParameterValue = ParameterValue> {
  readonly name: string;
  readonly layer: Layer;
  /** Guest kinds it concerns; others have no check of it. */
  readonly guests: readonly GuestKind[];
  readonly summary: string;
  readonly schema: z.ZodType<Value>;
  /** Accepted values in words, for messages and documentation. */
  readonly accepted: string;
  /** Since which version of what, and what took its place. */
  readonly versions: string;
  readonly replacedBy: string | null;
  /** Level at which the sides must alternate when it differs. */
  readonly switching: Regime;
  readonly effect: { readonly latency: Effect; readonly bandwidth: Effect; readonly jitter: Effect };
  readonly risk: string;
  readonly source: string;
  /** Facts, as `scope.key`, that this parameter is meant to change: such a difference of the sides is declared. */
  readonly changesFacts: readonly string[];
  /** Why the value does not fit the machine, naming what would; null when it fits. */
  readonly misfit: (value: Value, limits: MachineLimits) => string | null;
  /**
   * Arguments of `docker run`. What belongs to the endpoint in Docker's network has none where there is no endpoint,
   * because the whole NIC is handed over: there it is set on the NIC.
   */
  readonly dockerArguments: (value: Value, attachment: Attachment) => readonly string[];
  /** What sets it once the container's server answers, before the guest counts as ready; absent: nothing. */
  readonly dockerCommands?: (value: Value, container: RunningContainer) => readonly ContainerCommand[];
  /** Where the probe reads. */
  readonly probe: string;
  readonly read: (value: Value, readings: DockerReadings) => Reading;
}
