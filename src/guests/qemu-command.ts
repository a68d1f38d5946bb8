import type { Command } from '../machines/machine.ts';
import type { Accelerator } from '../vocabulary.ts';

/** A virtual machine as QEMU is asked for it. */
export interface VirtualMachine {
  readonly name: string;
  readonly accelerator: Accelerator;
  readonly cpus: number;
  readonly memoryMebibytes: number;
  /** Firmware that starts a kernel directly; null: QEMU's own default, which takes about a second longer. */
  readonly firmware: string | null;
  readonly kernel: string;
  readonly initramfs: string;
  readonly kernelArguments: readonly string[];
  /** Collects what the guest prints; QEMU appends. */
  readonly logFile: string;
  /** Unix socket of the monitor. */
  readonly monitor: string;
  /** Unix socket of the guest's second serial port, at which its first process answers; null: it has none. */
  readonly channel: string | null;
  /** null: no network. A tap by name, or a macvtap as a file that is already open. */
  readonly network: { readonly mac: string; readonly tap: string | { readonly descriptor: number } } | null;
}

/**
 * Nothing is there that was not asked for: no default devices, no configuration files, no display.
 * `-no-reboot` with `panic=-1` makes a panic the end of the process, and `debug-threads` gives the threads the names by
 * which placement finds them.
 */
export function buildQemuCommand(guest: VirtualMachine): Command {
  const { name, network } = guest;
  return {
    program: 'qemu-system-x86_64',
    args: [
      ...['-name', `${doubleCommas(name)},debug-threads=on`],
      ...['-nodefaults', '-no-user-config', '-display', 'none', '-no-reboot'],
      // The buffer for translated code is a quarter of the memory otherwise, and cost is paid for touching it.
      ...['-machine', 'q35', '-accel', guest.accelerator === 'tcg' ? 'tcg,tb-size=128' : 'kvm', '-cpu', 'max'],
      ...['-smp', `cpus=${guest.cpus}`, '-m', `size=${guest.memoryMebibytes}M`],
      ...(guest.firmware === null ? [] : ['-bios', guest.firmware]),
      ...['-kernel', guest.kernel, '-initrd', guest.initramfs, '-append', buildKernelLine(guest.kernelArguments)],
      ...['-chardev', `file,id=console,path=${doubleCommas(guest.logFile)},append=on`, '-serial', 'chardev:console'],
      ...['-chardev', `socket,id=monitor,path=${doubleCommas(guest.monitor)},server=on,wait=off`],
      ...['-mon', 'chardev=monitor,mode=control'],
      ...(guest.channel === null
        ? []
        : [
            ...['-chardev', `socket,id=channel,path=${doubleCommas(guest.channel)},server=on,wait=off`],
            ...['-serial', 'chardev:channel'],
          ]),
      ...(network === null
        ? []
        : [
            ...['-netdev', buildNetdev(network.tap)],
            // Without an option ROM: nobody boots from the network.
            ...['-device', `virtio-net-pci,netdev=net,romfile=,mac=${network.mac}`],
          ]),
    ],
  };
}

function buildNetdev(tap: string | { readonly descriptor: number }): string {
  return typeof tap === 'string'
    ? `tap,id=net,ifname=${doubleCommas(tap)},script=no,downscript=no`
    : `tap,id=net,fd=${tap.descriptor}`;
}

/** What every guest needs comes first, so that a later argument of the same name wins. */
function buildKernelLine(more: readonly string[]): string {
  return ['console=ttyS0', 'quiet', 'panic=-1', ...more].join(' ');
}

/** In QEMU's options a comma in a value is written twice. */
function doubleCommas(value: string): string {
  return value.replaceAll(',', ',,');
}
