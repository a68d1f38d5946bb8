import type { Attachment } from '../vocabulary.ts';
import type { ParameterCommand } from './parameter-command.ts';
import type { Reading } from './reading.ts';

/** What `commands` may refer to. */
export interface RunningContainer {
  /** The interface that carries the test traffic, in the container's network namespace. */
  readonly device: string;
  /** Every process of the container, numbered as the host sees them. */
  readonly processes: readonly number[];
  /** Files `cpu.rt_runtime_us`, outermost first, that a real-time process needs; none where the kernel has no such budget. */
  readonly realTimeBudgets: readonly string[];
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

/** How a parameter reaches a container, and how it is read back from it. */
export interface DockerPart<Value> {
  /**
   * Arguments of `docker run`; absent: none. What belongs to the endpoint in Docker's network has none where there is
   * no endpoint, because the whole NIC is handed over: there it is set on the NIC.
   */
  readonly arguments?: (value: Value, attachment: Attachment) => readonly string[];
  /**
   * What sets it once the container's server answers, before the guest counts as ready; absent: nothing. Run as root
   * with the container's network namespace and everything else of the host.
   */
  readonly commands?: (value: Value, container: RunningContainer) => readonly ParameterCommand[];
  readonly read: (value: Value, readings: DockerReadings) => Reading;
}
