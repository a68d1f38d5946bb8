import type * as z from 'zod';
import type { GuestKind, Layer, Regime } from '../vocabulary.ts';
import type { DockerPart } from './docker-part.ts';
import type { HostPart } from './host-part.ts';
import type { ParameterValue } from './profile.schema.ts';
import type { QemuPart } from './qemu-part.ts';

/** What a machine has to offer; a value that asks for more is refused before anything is started. */
export interface MachineLimits {
  /** Numbers of the online CPUs. */
  readonly cpus: readonly number[];
  readonly memoryBytes: number;
  /** Memory that could be had now without swapping, bytes. */
  readonly availableBytes: number;
  /** Numbers of the NUMA nodes with memory. */
  readonly nodes: readonly number[];
  /** Sizes of huge pages that the machine can make, with what of each is free already; bytes. */
  readonly hugePages: readonly { readonly pageBytes: number; readonly freeBytes: number }[];
  /** Version of QEMU, `7.2.22`; null where there is none. */
  readonly qemu: string | null;
  /** Whether there is a `/dev/vhost-net`. */
  readonly vhost: boolean;
  /** Releases of the kernels that it can boot, `6.12.95+deb12-rt-amd64`; absent: nobody looked. */
  readonly kernels?: readonly string[];
  /** Test network in CIDR form, and the addresses in it that are taken. */
  readonly network: string;
  readonly takenAddresses: readonly string[];
}

/** Expected direction when the parameter is set as advised. */
export type Effect = 'better' | 'worse' | 'none' | 'depends';

/** One knob of a profile, described once. `Value` is what its schema yields. */
export interface Parameter<Value extends ParameterValue = ParameterValue> {
  readonly name: string;
  readonly layer: Layer;
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
   * Path on the host that a value names, null for values that name none. What lies there is code or a place to write
   * to, so a pull request cannot bring such a value. A parameter without this never names one.
   */
  readonly hostPath?: (value: Value) => string | null;
  /** Where the probe reads. */
  readonly probe: string;
  /** How each guest kind that it concerns gets it; the others have no check of it. */
  readonly docker?: DockerPart<Value>;
  readonly qemu?: QemuPart<Value>;
  /** How the host itself gets it: layers `host-boot`, `host` and `daemon`. */
  readonly host?: HostPart<Value>;
}

/** Guest kinds that a parameter concerns. */
export function listGuests(parameter: Pick<Parameter, 'docker' | 'qemu'>): GuestKind[] {
  return [
    ...(parameter.docker === undefined ? [] : (['docker'] as const)),
    ...(parameter.qemu === undefined ? [] : (['qemu'] as const)),
  ];
}
