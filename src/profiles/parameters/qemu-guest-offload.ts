import { defineParameter } from '../define-parameter.ts';
import { nameCommand } from '../name-command.ts';
import { describeOffload, type OffloadEntry, offloads, readOffload, switchOffload } from '../offload.ts';
import type { Parameter } from '../parameter.ts';

const reading = { program: 'ethtool', args: ['-k', 'eth0'] };

const place = {
  prefix: 'guest.qemu.offload',
  facts: 'guest.offload.guest',
  readAt: 'inside the guest',
  documents: 'Linux Documentation/networking/segmentation-offloads.rst',
};

const versions = 'every Linux; what the device itself offers is set by guest.qemu.net.offload';

function defineGuestOffload(texts: Omit<OffloadEntry, 'versions'>): Parameter {
  const offload = offloads[texts.name];
  return defineParameter<boolean>({
    ...describeOffload(place, { ...texts, versions }),
    qemu: {
      guestCommands: (value, { device }) => [switchOffload(offload, value, device)],
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
