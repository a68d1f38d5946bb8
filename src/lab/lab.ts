import type { Folders } from '../hosts/folders.ts';

/** The lab's own: what it caches, and what exists as long as it runs. */
export const labFolders: Folders = { cache: '/var/cache/tunegate/lab', state: '/var/lib/tunegate-lab' };

export const labHostNames = ['stock', 'tuned'] as const;
export type LabHostName = (typeof labHostNames)[number];

/** An emulated host: its names and addresses, all of them fixed. */
export interface LabHost {
  /** Also that of the shipped profile in which it idles. */
  readonly name: LabHostName;
  /** On the management network. */
  readonly address: string;
  readonly managementMac: string;
  readonly testMac: string;
  /** Ends of its two wires, in the lab's namespace. */
  readonly managementTap: string;
  readonly testTap: string;
}

export const labHosts: readonly LabHost[] = labHostNames.map((name, index) => ({
  ...{ name, address: `198.18.1.${index + 2}` },
  // The prefix 02 says "locally administered", so no real card has it.
  ...{ managementMac: `02:54:47:4c:00:0${index + 2}`, testMac: `02:54:47:4c:01:0${index + 2}` },
  ...{ managementTap: `tgm-${name}`, testTap: `tgt-${name}` },
}));

/** What the lab makes of the machine's network; none of these names is one of the embedded topology. */
export const labNetwork = {
  /** Bridges, taps and the processes of the hosts; the machine's own end of the management network. */
  namespace: 'tglab',
  managementBridge: 'tgm0',
  /** From RFC 2544's range like the test network, and only inside the namespace. */
  managementAddress: '198.18.1.1/24',
  testBridge: 'tgt0',
  /** The client machine: a namespace of its own with one wire to the test network. */
  clientNamespace: 'tglabclient',
  /** Both ends of that wire are called so. */
  clientDevice: 'tgl0',
  testNetwork: '198.18.0.0/24',
} as const;

/** The hosts' interfaces, named by the kernel's rule from where they stand on the PCI bus (`qemu-command.ts`). */
export const managementNic = 'enp0s3';
export const testNic = 'enp1s0';

/** Of each host. Three CPUs leave two that may be isolated; less memory and the treatment's huge pages do not fit. */
export const hostCpus = 3;
export const hostMemoryMebibytes = 3072;

/** Files of a host that runs, in the lab's state folder. */
export function hostFiles(folder: string, name: string) {
  return {
    disk: `${folder}/${name}.qcow2`,
    /** What the host printed on its serial console since `up`, all boots. */
    console: `${folder}/${name}-console.log`,
    monitor: `${folder}/${name}.qmp`,
    pidFile: `${folder}/${name}.pid`,
  };
}
