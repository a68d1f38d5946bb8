/** A kernel that QEMU starts directly. */
export interface Kernel {
  /** What it is, for people and the journal: package and version, or the path of a kernel of the user's own. */
  readonly title: string;
  /** Holds image and modules. */
  readonly folder: string;
  /** Uncompressed ELF file, started through its PVH entry. */
  readonly image: string;
  /** Uncompressed modules that the guest loads, in this order. */
  readonly modules: readonly string[];
}

/** Modules without which a guest reaches no network; whatever else they need comes along. */
export const guestModules = ['virtio_pci', 'virtio_net'] as const;
