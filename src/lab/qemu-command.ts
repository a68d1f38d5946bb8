import { type Command, inNamespace } from '../machines/machine.ts';
import { hostCpus, hostFiles, hostMemoryMebibytes, type LabHost, labNetwork } from './lab.ts';

/** A program of the folder into which the lab's QEMU was unpacked, with its own libraries instead of the machine's. */
function fromFolder(folder: string, program: string, args: readonly string[]): Command {
  const libraries = `${folder}/usr/lib/x86_64-linux-gnu`;
  return {
    program: 'env',
    args: [
      // The machine's own modules are of another build.
      `QEMU_MODULE_DIR=${libraries}/qemu`,
      ...[`${folder}/usr/lib64/ld-linux-x86-64.so.2`, '--library-path', libraries],
      ...[`${folder}/usr/bin/${program}`, ...args],
    ],
  };
}

/** A disk that holds only what differs from another one. */
export function buildOverlayCommand(qemu: string, backing: string, format: 'raw' | 'qcow2', disk: string): Command {
  const args = ['create', '-q', '-f', 'qcow2', '-F', format, '-b', backing, disk];
  return fromFolder(qemu, 'qemu-img', args);
}

/** Nothing that a host would look for at every boot and never use. */
const common = [
  ...['-nodefaults', '-no-user-config', '-display', 'none'],
  ...['-machine', 'q35,kernel-irqchip=split,sata=off,smbus=off,i8042=off,vmport=off'],
  // Five levels of page tables instead of four only make every look-up of the emulation longer.
  ...['-accel', 'tcg,tb-size=256', '-cpu', 'max,la57=off'],
  ...['-rtc', 'base=utc'],
];

function firmware(qemu: string): string[] {
  return ['-L', `${qemu}/usr/share/seabios`, '-L', `${qemu}/usr/share/qemu`];
}

/** What the guest wrote survives the end of QEMU; that the machine itself loses power is nothing we guard against. */
function drive(file: string, format: 'raw' | 'qcow2', options = ''): string[] {
  return ['-drive', `file=${file},format=${format},if=virtio,cache=unsafe${options}`];
}

export interface HostMachine {
  readonly host: LabHost;
  /** Folder of the lab's QEMU. */
  readonly qemu: string;
  /** State folder of the lab, where the host's files are. */
  readonly folder: string;
}

/**
 * An emulated host. Goes into the background as soon as its monitor listens, so that whoever started it may leave; its
 * two interfaces are wires to the lab's bridges, the one under test an Intel 82576 with virtual functions.
 */
export function buildHostCommand({ host, qemu, folder }: HostMachine): Command {
  const files = hostFiles(folder, host.name);
  return inNamespace(
    labNetwork.namespace,
    fromFolder(qemu, 'qemu-system-x86_64', [
      ...['-name', `tunegate-lab-${host.name},debug-threads=on`, ...firmware(qemu), ...common],
      ...['-smp', `cpus=${hostCpus}`, '-m', `size=${hostMemoryMebibytes}M`],
      // Interrupts of devices go through the emulated IOMMU, which can remap them.
      ...['-device', 'intel-iommu,intremap=on,caching-mode=on'],
      ...['-smbios', `type=1,manufacturer=Tunegate,product=lab,serial=${host.name}`],
      ...drive(files.disk, 'qcow2'),
      ...['-netdev', `tap,id=management,ifname=${host.managementTap},script=no,downscript=no`],
      ...['-device', `virtio-net-pci,id=nic-management,netdev=management,mac=${host.managementMac},romfile=,addr=3`],
      // The first bus behind the root: that makes it enp1s0.
      ...['-device', 'pcie-root-port,id=port-test,chassis=1,slot=1,addr=4'],
      ...['-netdev', `tap,id=test,ifname=${host.testTap},script=no,downscript=no`],
      ...['-device', `igb,id=nic-test,bus=port-test,netdev=test,mac=${host.testMac},romfile=`],
      // A watchdog that nobody feeds resets the host, as one on a mainboard does.
      ...['-device', 'i6300esb,addr=5', '-action', 'watchdog=reset'],
      ...['-chardev', `file,id=console,path=${files.console},append=on`, '-serial', 'chardev:console'],
      ...['-chardev', `socket,id=monitor,path=${files.monitor},server=on,wait=off`],
      ...['-mon', 'chardev=monitor,mode=control', '-pidfile', files.pidFile, '-daemonize'],
    ]),
  );
}

export interface DiskPreparation {
  readonly qemu: string;
  readonly kernel: string;
  readonly initramfs: string;
  readonly kernelArguments: readonly string[];
  /** The disk that is prepared. */
  readonly disk: string;
  /** A file with the script that prepares it, a multiple of 512 bytes. */
  readonly script: string;
  readonly log: string;
}

/** A machine without network that boots the kernel directly, runs the script on the disk and ends. */
export function buildPreparationCommand(preparation: DiskPreparation): Command {
  const { qemu, kernel, initramfs, kernelArguments, disk, script, log } = preparation;
  return fromFolder(qemu, 'qemu-system-x86_64', [
    ...['-name', 'tunegate-lab-preparation', ...firmware(qemu), ...common, '-no-reboot'],
    ...['-smp', 'cpus=1', '-m', 'size=1024M', '-kernel', kernel, '-initrd', initramfs],
    ...['-append', kernelArguments.join(' '), ...drive(disk, 'qcow2'), ...drive(script, 'raw', ',readonly=on')],
    ...['-chardev', `file,id=console,path=${log},append=on`, '-serial', 'chardev:console'],
  ]);
}
