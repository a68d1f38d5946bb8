import type { ParameterCommand } from './parameter-command.ts';
import type { Reading } from './reading.ts';
import type { VirtualMachineSettings } from './virtual-machine-settings.ts';

/** A thread of QEMU, or the kernel's vhost worker of its network. */
export interface QemuThread {
  readonly id: number;
  /** `CPU 0/TCG`, `qemu-system-x86`, `vhost-4711`: field 2 of `/proc/PID/task/TID/stat`. */
  readonly name: string;
  /** `vcpu` where QEMU's monitor names it as such, `vhost` the kernel's worker, `emulator` all others. */
  readonly role: 'vcpu' | 'vhost' | 'emulator';
  /** Number of the virtual CPU that it runs; null for the other roles. */
  readonly vcpu: number | null;
}

/** What `commands` may refer to. */
export interface RunningVirtualMachine {
  /** QEMU's process. */
  readonly pid: number;
  readonly threads: readonly QemuThread[];
  /** Link in the host's namespace that carries the guest's frames: its tap or macvtap. */
  readonly device: string;
}

/** What `guestCommands` may refer to. */
export interface InsideVirtualMachine {
  /** The guest's network interface. */
  readonly device: string;
}

/** A thread as the kernel shows it. */
export interface QemuThreadReading extends QemuThread {
  /** `Cpus_allowed_list` of its status. */
  readonly cpusAllowed: string;
  /** CPU on which it last ran: field 39 of its stat. */
  readonly lastCpu: number;
  /** Fields 40 and 41 of its stat: real-time priority and policy (1 is SCHED_FIFO). */
  readonly priority: number;
  readonly policy: number;
}

/** Read from the host's kernel and from QEMU's monitor. */
export interface QemuHostReadings {
  /** QEMU's `/proc/PID/status`. */
  readonly processStatus: string;
  /** QEMU's `/proc/PID/numa_maps`; empty on a kernel without NUMA. */
  readonly numaMaps: string;
  /** Those of QEMU and the vhost workers of its network. */
  readonly threads: readonly QemuThreadReading[];
  /** Answer of `query-memdev`. */
  readonly memoryBackends: readonly {
    readonly bytes: number;
    readonly prealloc: boolean;
    readonly policy: string;
    readonly hostNodes: readonly number[];
  }[];
  /** Bytes of the guest's memory, answer of `query-memory-size-summary`. */
  readonly memoryBytes: number;
  /** Machine type in full, `pc-q35-7.2`, and the alias that stands for it, if any. */
  readonly machine: { readonly type: string; readonly alias: string | null };
  /** QEMU's object of the first virtual CPU: its type, `max-x86_64-cpu`. */
  readonly cpuType: string;
  /** Properties of QEMU's objects, read with `qom-get`, by `object.property`: `nic.mrg_rxbuf`, `machine.hpet`. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** `ethtool -k` of the host's end of the guest's link, and its `txqlen`, packets. */
  readonly features: string;
  readonly queueLength: number;
}

/** Read inside the guest, through the channel into it: what the parameters that are set ask for with `guestReads`. */
export interface QemuGuestReadings {
  /** Text of each file without the line break at its end; null where there is no such file. */
  readonly files: Readonly<Record<string, string | null>>;
  /** Standard output of each command, by its words joined with spaces: `ethtool -k eth0`; null where it failed. */
  readonly outputs: Readonly<Record<string, string | null>>;
}

/** What was read back from a running virtual machine; the input of every `guest.qemu` probe. */
export interface QemuReadings {
  readonly host: QemuHostReadings;
  readonly guest: QemuGuestReadings;
}

/** How a parameter reaches a virtual machine, and how it is read back from it. */
export interface QemuPart<Value> {
  /** What it changes in the description of the machine before it is started; absent: nothing. */
  readonly settings?: (value: Value) => VirtualMachineSettings;
  /** What is run as root in the host's network namespace once the guest answers, before it counts as ready. */
  readonly commands?: (value: Value, running: RunningVirtualMachine) => readonly ParameterCommand[];
  /** What is run inside the guest then, after `commands`. */
  readonly guestCommands?: (value: Value, inside: InsideVirtualMachine) => readonly ParameterCommand[];
  /** What `read` needs from inside the guest; absent: nothing. */
  readonly guestReads?: {
    readonly files?: readonly string[];
    readonly commands?: readonly ParameterCommand[];
  };
  readonly read: (value: Value, readings: QemuReadings) => Reading;
}
