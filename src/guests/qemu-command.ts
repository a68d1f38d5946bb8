import type { Command } from '../machines/machine.ts';
import { defaultMachine, type MemorySettings, type MergedSettings } from '../profiles/virtual-machine-settings.ts';
import type { Accelerator } from '../vocabulary.ts';

/** Name of the network device, by which the monitor finds it. */
export const nic = 'nic';

/** A tap by name, a macvtap as a file that is already open, or QEMU's own network with ports that it forwards. */
type NetworkEnd =
  | { readonly tap: string | { readonly descriptor: number } }
  | { readonly forwards: readonly ForwardedPort[] };

/** A port of the guest that is reached under the same number on the host's loopback. */
export interface ForwardedPort {
  readonly protocol: 'tcp' | 'udp';
  readonly port: number;
}

/** A virtual machine as QEMU is asked for it. */
export interface VirtualMachine {
  readonly name: string;
  readonly accelerator: Accelerator;
  /** What its profile asks for. */
  readonly settings: MergedSettings;
  /** Firmware that starts a kernel directly; null: QEMU's own default, which takes about a second longer. */
  readonly firmware: string | null;
  readonly kernel: string;
  readonly initramfs: string;
  readonly kernelArguments: readonly string[];
  /** Collects what the guest prints; QEMU appends. */
  readonly logFile: string;
  /** Unix socket of the monitor. */
  readonly monitor: string;
  /** That of a second one, for others: each serves one client at a time; null: there is none. */
  readonly secondMonitor: string | null;
  /** Unix socket of the guest's second serial port, at which its first process answers; null: it has none. */
  readonly channel: string | null;
  /** null: no network. */
  readonly network: ({ readonly mac: string } & NetworkEnd) | null;
}

/**
 * Nothing is there that was not asked for: no default devices, no configuration files, no display.
 * `-no-reboot` with `panic=-1` makes a panic the end of the process, and `debug-threads` gives the threads the names by
 * which placement finds them.
 */
export function buildQemuCommand(guest: VirtualMachine): Command {
  const { name, network, settings } = guest;
  const { cpus = defaultMachine.cpus, cpuModel = defaultMachine.cpuModel, memory } = settings;
  const bytes = memory.bytes ?? defaultMachine.memoryBytes;
  const { device } = settings.network;
  const backend = buildMemoryBackend(memory, bytes);
  return {
    program: 'qemu-system-x86_64',
    args: [
      ...['-name', `${doubleCommas(name)},debug-threads=on`],
      ...['-nodefaults', '-no-user-config', '-display', 'none', '-no-reboot'],
      // The buffer for translated code is a quarter of the memory otherwise, and cost is paid for touching it.
      ...['-machine', buildMachine(settings, backend !== null)],
      ...['-accel', guest.accelerator === 'tcg' ? 'tcg,tb-size=128' : 'kvm', '-cpu', cpuModel],
      ...['-smp', `cpus=${cpus}`, '-m', `size=${bytes / 2 ** 20}M`],
      ...(backend === null ? [] : ['-object', backend]),
      ...(memory.lock === undefined ? [] : ['-overcommit', `mem-lock=${memory.lock}`]),
      ...settings.options,
      ...(guest.firmware === null ? [] : ['-bios', guest.firmware]),
      ...['-kernel', guest.kernel, '-initrd', guest.initramfs, '-append', buildKernelLine(guest.kernelArguments)],
      ...['-chardev', `file,id=console,path=${doubleCommas(guest.logFile)},append=on`, '-serial', 'chardev:console'],
      ...buildMonitor('monitor', guest.monitor),
      ...(guest.secondMonitor === null ? [] : buildMonitor('second-monitor', guest.secondMonitor)),
      ...(guest.channel === null
        ? []
        : [
            ...['-chardev', `socket,id=channel,path=${doubleCommas(guest.channel)},server=on,wait=off`],
            ...['-serial', 'chardev:channel'],
          ]),
      ...(network === null
        ? []
        : [
            ...['-netdev', buildNetdev(network, settings)],
            // Without an option ROM: nobody boots from the network.
            ...['-device', joinOptions(`virtio-net-pci,id=${nic},netdev=net,romfile=,mac=${network.mac}`, device)],
          ]),
    ],
  };
}

function buildMonitor(id: string, socket: string): string[] {
  const listen = `socket,id=${id},path=${doubleCommas(socket)},server=on,wait=off`;
  return ['-chardev', listen, '-mon', `chardev=${id},mode=control`];
}

function buildMachine({ machine: { type, properties } }: MergedSettings, hasBackend: boolean): string {
  return joinOptions(type ?? defaultMachine.type, {
    ...properties,
    ...(hasBackend ? { 'memory-backend': 'ram' } : {}),
  });
}

/** null: anonymous memory that nothing else is asked of, which needs no object. */
function buildMemoryBackend(memory: MemorySettings, bytes: number): string | null {
  const { pageBytes, path, prealloc, hostNodes, policy } = memory;
  const huge = pageBytes !== undefined && pageBytes > 4096;
  const backend = memory.backend ?? (huge ? 'memfd' : 'anonymous');
  if (backend === 'anonymous' && prealloc === undefined && hostNodes === undefined) return null;
  const name = backend === 'anonymous' ? 'ram' : backend;
  // Each range of nodes is an option of its own.
  const nodes = hostNodes?.split(',').map((range) => `,host-nodes=${range}`) ?? [];
  return joinOptions(`memory-backend-${name},id=ram,size=${bytes}`, {
    ...(backend === 'memfd' && huge ? { hugetlb: 'on', hugetlbsize: String(pageBytes) } : {}),
    ...(path === undefined ? {} : { 'mem-path': doubleCommas(path) }),
    ...(prealloc === undefined ? {} : { prealloc: prealloc ? 'on' : 'off' }),
    ...(hostNodes === undefined ? {} : { policy: `${policy ?? 'bind'}${nodes.join('')}` }),
  });
}

function buildNetdev(end: NetworkEnd, { network }: MergedSettings): string {
  if ('forwards' in end) return buildUserNetdev(end.forwards);
  const { vhost, queues } = network;
  const { tap } = end;
  const head =
    typeof tap === 'string'
      ? `tap,id=net,ifname=${doubleCommas(tap)},script=no,downscript=no`
      : `tap,id=net,fd=${tap.descriptor}`;
  return joinOptions(head, {
    ...(vhost === undefined ? {} : { vhost: vhost ? 'on' : 'off' }),
    ...(queues === undefined ? {} : { queues: String(queues) }),
  });
}

/** Not `restrict=on`, under which no forwarded datagram arrives; the guest has no route by which it could send anything out. */
function buildUserNetdev(forwards: readonly ForwardedPort[]): string {
  const rules = forwards.map(({ protocol, port }) => `hostfwd=${protocol}:127.0.0.1:${port}-:${port}`);
  return ['user,id=net,ipv6=off', ...rules].join(',');
}

function joinOptions(head: string, options: Readonly<Record<string, string>>): string {
  return [head, ...Object.entries(options).map(([name, value]) => `${name}=${value}`)].join(',');
}

/** What every guest needs comes first, so that a later argument of the same name wins. */
function buildKernelLine(more: readonly string[]): string {
  return ['console=ttyS0', 'quiet', 'panic=-1', ...more].join(' ');
}

/** In QEMU's options a comma in a value is written twice. */
function doubleCommas(value: string): string {
  return value.replaceAll(',', ',,');
}
