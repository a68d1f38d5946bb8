import { defineParameter } from '../define-parameter.ts';
import { nameCommand } from '../name-command.ts';
import { type OffloadName, offloads, readOffload } from '../offload.ts';
import { acceptedOnOff, onOff } from '../on-off.ts';
import type { Parameter } from '../parameter.ts';

const reading = { program: 'ethtool', args: ['-k', 'eth0'] };

interface GuestOffload extends Pick<Parameter, 'summary' | 'effect' | 'risk'> {
  readonly name: OffloadName;
  readonly facts: readonly string[];
}

function defineGuestOffload({ name, facts, ...texts }: GuestOffload): Parameter {
  const offload = offloads[name];
  const { option, lines } = offload;
  return defineParameter<boolean>({
    ...texts,
    name: `guest.qemu.offload.${name}`,
    layer: 'guest',
    schema: onOff,
    accepted: acceptedOnOff,
    versions: 'every Linux; what the device itself offers is set by guest.qemu.net.offload',
    replacedBy: null,
    switching: 'deployment',
    source: `ethtool(8), -K ${option}; Linux Documentation/networking/segmentation-offloads.rst`,
    changesFacts: facts.map((fact) => `guest.offload.guest.${fact}`),
    misfit: () => null,
    probe: `ethtool -k inside the guest, ${lines.join(' or ')}`,
    qemu: {
      guestCommands: (value, { device }) => [
        { program: 'ethtool', args: ['-K', device, option, value ? 'on' : 'off'] },
      ],
      guestReads: { commands: [reading] },
      read: (value, { guest }) => readOffload(offload, value, guest.outputs[nameCommand(reading)] ?? ''),
    },
  });
}

export const qemuGuestOffloads = [
  defineGuestOffload({
    name: 'generic-receive',
    facts: ['generic-receive-offload'],
    summary: "GRO of the guest's interface: received segments are joined before its protocol stack sees them.",
    effect: { latency: 'none', bandwidth: 'better', jitter: 'none' },
    risk: 'What comes over virtio is mostly joined already; off costs the guest more work for what is not.',
  }),
  defineGuestOffload({
    name: 'generic-segmentation',
    facts: ['generic-segmentation-offload'],
    summary: "GSO of the guest's interface: packets are cut to the MTU at the last moment, in software.",
    effect: { latency: 'none', bandwidth: 'better', jitter: 'none' },
    risk: 'Counts where the device does no segmentation itself.',
  }),
  defineGuestOffload({
    name: 'tcp-segmentation',
    facts: ['tcp-segmentation-offload'],
    summary: "TSO of the guest's interface: TCP hands up to 64 KiB to the device at once.",
    effect: { latency: 'none', bandwidth: 'better', jitter: 'none' },
    risk: 'Off, an emulated guest sends several times less.',
  }),
] as const;
