/** What a virtual machine gets where its profile does not say. */
export const defaultMachine = { cpus: 1, memoryBytes: 256 * 2 ** 20, type: 'q35', cpuModel: 'max' } as const;

export type MemoryBackend = 'anonymous' | 'memfd' | 'file';

/** How the guest's memory is got from the host. */
export interface MemorySettings {
  readonly bytes?: number;
  readonly backend?: MemoryBackend;
  /** Folder of the file behind the memory; only with backend `file`. */
  readonly path?: string;
  /** Size of the pages. Of a file it is that of the file system, which QEMU cannot choose. */
  readonly pageBytes?: number;
  readonly prealloc?: boolean;
  readonly lock?: 'on' | 'on-fault' | 'off';
  /** NUMA nodes of the host in Linux's list form, and what they are to the memory. */
  readonly hostNodes?: string;
  readonly policy?: 'default' | 'preferred' | 'bind' | 'interleave';
}

export interface NetworkSettings {
  readonly vhost?: boolean;
  readonly queues?: number;
  /** Properties of the virtio device by the names that QEMU gives them, with its own words for values: `on`, `512`. */
  readonly device?: Readonly<Record<string, string>>;
}

/** What the parameters of a profile ask of a virtual machine; what is absent is left as every guest has it. */
export interface VirtualMachineSettings {
  readonly cpus?: number;
  /** CPUs of the host to which the virtual CPUs are pinned once they run, in their order. */
  readonly pinnedTo?: readonly number[];
  /** As after `-cpu`: a model and features. */
  readonly cpuModel?: string;
  /** Machine type, and its properties by the names that QEMU gives them. */
  readonly machine?: { readonly type?: string; readonly properties?: Readonly<Record<string, string>> };
  /** Further `-global` and `-overcommit` options, whole: `['-global', 'kvm-pit.lost_tick_policy=discard']`. */
  readonly options?: readonly string[];
  readonly memory?: MemorySettings;
  readonly network?: NetworkSettings;
  /** The kernel by its name in the catalogue or by path. */
  readonly kernel?: string;
  /** Added to the kernel's command line. */
  readonly kernelArguments?: readonly string[];
  /** CPUs of the guest in Linux's list form, by the parameter that names them. */
  readonly guestCpus?: Readonly<Record<string, string>>;
  /** Huge pages that the guest takes from its own memory. */
  readonly guestHugePageBytes?: number;
}

/** Settings of several parameters in one: every group is there, whether anything is set in it or not. */
export interface MergedSettings extends VirtualMachineSettings {
  readonly machine: { readonly type?: string; readonly properties: Readonly<Record<string, string>> };
  readonly options: readonly string[];
  readonly memory: MemorySettings;
  readonly network: NetworkSettings & { readonly device: Readonly<Record<string, string>> };
  readonly kernelArguments: readonly string[];
  readonly guestCpus: Readonly<Record<string, string>>;
}

/** Of two that set the same the later one counts; lists are joined. */
export function mergeSettings(all: readonly VirtualMachineSettings[]): MergedSettings {
  return {
    ...join(all),
    machine: {
      ...join(all.map(({ machine }) => machine)),
      properties: join(all.map(({ machine }) => machine?.properties)),
    },
    options: all.flatMap(({ options }) => options ?? []),
    memory: join(all.map(({ memory }) => memory)),
    network: {
      ...join(all.map(({ network }) => network)),
      device: join(all.map(({ network }) => network?.device)),
    },
    kernelArguments: all.flatMap(({ kernelArguments }) => kernelArguments ?? []),
    guestCpus: join(all.map(({ guestCpus }) => guestCpus)),
  };
}

function join<Part extends object>(parts: readonly (Part | undefined)[]): Part {
  return Object.assign({}, ...parts);
}
