import * as z from 'zod';
import { defineParameter } from '../define-parameter.ts';
import { nameCommand } from '../name-command.ts';
import { acceptedOnOff, onOff } from '../on-off.ts';
import type { QemuReadings } from '../qemu-part.ts';
import type { Reading } from '../reading.ts';

export const qemuVhost = defineParameter<boolean>({
  name: 'guest.qemu.net.vhost',
  layer: 'guest',
  summary: "Whether the host's kernel moves the guest's packets, in place of QEMU.",
  schema: onOff,
  accepted: acceptedOnOff,
  versions: 'every QEMU and Linux since 2.6.34; off where a profile does not say',
  replacedBy: null,
  switching: 'deployment',
  effect: { latency: 'better', bandwidth: 'better', jitter: 'better' },
  risk: 'Its workers are threads of their own that want a CPU: guest.qemu.vhost.pin.',
  source: 'QEMU system emulation manual, -netdev tap, vhost',
  changesFacts: [],
  misfit: (value, { vhost }) =>
    value && !vhost ? 'this machine has no /dev/vhost-net (module vhost_net), accepted is off' : null,
  probe: 'a vhost worker of the guest among the threads of the host',
  qemu: {
    settings: (value) => ({ network: { vhost: value } }),
    read: (value, { host: { threads } }) => {
      const workers = threads.filter(({ role }) => role === 'vhost');
      return {
        found: workers.length === 0 ? 'no vhost worker' : workers.map(({ name }) => name).join(', '),
        inForce: workers.length > 0 === value,
      };
    },
  },
});

/** The guest's interface; its first process names none otherwise. */
const device = 'eth0';
const channels = { program: 'ethtool', args: ['-l', device] };
const rings = { program: 'ethtool', args: ['-g', device] };

/** A figure of the part `Current hardware settings:` of `ethtool -l` or `-g`; null when it is not there. */
function readCurrent({ guest }: QemuReadings, command: typeof channels, line: string): number | null {
  const text = guest.outputs[nameCommand(command)] ?? '';
  const current = text.slice(text.indexOf('Current hardware settings:'));
  const found = new RegExp(`^${line}:\\s*(\\d+)`, 'm').exec(current)?.[1];
  return text.includes('Current hardware settings:') && found !== undefined ? Number(found) : null;
}

export const qemuQueues = defineParameter<number>({
  name: 'guest.qemu.net.queues',
  layer: 'guest',
  summary: 'Pairs of queues between guest and host; more than one need a guest with as many CPUs to gain anything.',
  schema: z.int().min(1).max(16),
  accepted: 'a whole number from 1 to 16',
  versions: 'QEMU 1.4 and newer, Linux 3.8 in the guest; over the attachment physical one pair only',
  replacedBy: null,
  switching: 'deployment',
  effect: { latency: 'none', bandwidth: 'better', jitter: 'depends' },
  risk: 'Each pair costs interrupts and with vhost a worker; one connection uses one of them.',
  source: 'QEMU system emulation manual, -netdev tap, queues; linux-kvm.org, Multiqueue',
  changesFacts: [],
  misfit: () => null,
  probe: 'ethtool -l in the guest, combined channels in use',
  qemu: {
    settings: (value) =>
      value === 1 ? {} : { network: { queues: value, device: { mq: 'on', vectors: String(2 * value + 2) } } },
    // A guest with fewer CPUs than queues uses fewer by itself.
    guestCommands: (value, inside) => [{ program: 'ethtool', args: ['-L', inside.device, 'combined', String(value)] }],
    guestReads: { commands: [channels] },
    read: (value, readings) => {
      const found = readCurrent(readings, channels, 'Combined');
      return { found: found === null ? 'no line Combined' : `combined ${found}`, inForce: found === value };
    },
  },
});

const ringSizes = ['256', '512', '1024'] as const;

export const qemuReceiveRing = defineParameter<number>({
  name: 'guest.qemu.net.rx-queue-size',
  layer: 'guest',
  summary: 'Entries of the ring in which packets for the guest wait.',
  schema: z.int().refine((value) => ringSizes.some((size) => Number(size) === value)),
  accepted: ringSizes.join(', '),
  versions: 'QEMU 2.8 and newer; 256 where a profile does not say',
  replacedBy: null,
  switching: 'deployment',
  effect: { latency: 'none', bandwidth: 'better', jitter: 'depends' },
  risk: 'A larger ring loses fewer packets of UDP_STREAM and lets them wait longer.',
  source: 'QEMU, hw/net/virtio-net.c, rx_queue_size',
  changesFacts: [],
  misfit: () => null,
  probe: 'ethtool -g in the guest, RX',
  qemu: {
    settings: (value) => ({ network: { device: { rx_queue_size: String(value) } } }),
    guestReads: { commands: [rings] },
    read: (value, readings) => {
      const found = readCurrent(readings, rings, 'RX');
      return { found: found === null ? 'no line RX' : `RX ${found}`, inForce: found === value };
    },
  },
});

/** Of the guest's virtio device: one character for each feature, `1` where guest and device agreed on it. */
const featureFile = `/sys/class/net/${device}/device/features`;

interface Feature {
  readonly name: string;
  /** Properties of QEMU's device that allow it. */
  readonly properties: readonly string[];
  /** Numbers of the features by which it is told, as the virtio specification counts them. */
  readonly bits: Readonly<Record<string, number>>;
  readonly summary: string;
  readonly versions: string;
  readonly effect: Parameters<typeof defineParameter>[0]['effect'];
  readonly risk: string;
  /** Offloads that change with it: inside the guest, and of its tap. */
  readonly facts?: readonly string[];
}

function defineFeature({ name, properties, bits, facts, ...texts }: Feature) {
  return defineParameter<boolean>({
    ...texts,
    name: `guest.qemu.net.${name}`,
    layer: 'guest',
    schema: onOff,
    accepted: acceptedOnOff,
    replacedBy: null,
    switching: 'deployment',
    source: `Virtual I/O Device (VIRTIO) 1.2, 5.1.3; QEMU device virtio-net-pci, ${properties.join(', ')}`,
    changesFacts: facts ?? [],
    misfit: () => null,
    probe: `${featureFile} in the guest, ${Object.keys(bits).join(' and ')}: what guest and device agreed on`,
    qemu: {
      settings: (value) => ({
        network: { device: Object.fromEntries(properties.map((property) => [property, value ? 'on' : 'off'])) },
      }),
      guestReads: { files: [featureFile] },
      read: (value, { guest }) => readFeatures(bits, value, guest.files[featureFile] ?? null),
    },
  });
}

function readFeatures(bits: Feature['bits'], value: boolean, text: string | null): Reading {
  if (text === null || !/^[01]{32,}$/.test(text)) return { found: `no ${featureFile}`, inForce: false };
  const states = Object.entries(bits).map(([name, bit]) => ({ name, on: text[bit] === '1' }));
  return {
    found: states.map(({ name, on }) => `${name} ${on ? 'on' : 'off'}`).join(', '),
    inForce: states.every(({ on }) => on === value),
  };
}

const inGuest = (...names: string[]) => names.map((name) => `guest.offload.guest.${name}`);
const ofTap = (...names: string[]) => names.map((name) => `guest.offload.tap.${name}`);

export const qemuFeatures = [
  defineFeature({
    name: 'offload.tx-checksum',
    properties: ['csum'],
    bits: { VIRTIO_NET_F_CSUM: 0 },
    summary: 'Whether the guest may send packets without a checksum.',
    versions: 'every QEMU; on where a profile does not say and the host can',
    effect: { latency: 'better', bandwidth: 'better', jitter: 'none' },
    risk: 'Switched off it takes scatter-gather and segmentation inside the guest along.',
    facts: inGuest('tx-checksumming', 'scatter-gather', 'tcp-segmentation-offload', 'generic-segmentation-offload'),
  }),
  defineFeature({
    name: 'offload.rx-checksum',
    properties: ['guest_csum'],
    bits: { VIRTIO_NET_F_GUEST_CSUM: 1 },
    summary: 'Whether the guest takes packets without a checksum.',
    versions: 'every QEMU; on where a profile does not say and the host can',
    effect: { latency: 'better', bandwidth: 'better', jitter: 'none' },
    risk: 'Off, the host computes what nobody on the same machine needs.',
    facts: [
      ...inGuest('rx-checksumming', 'large-receive-offload'),
      ...ofTap('tx-checksumming', 'scatter-gather', 'tcp-segmentation-offload', 'generic-segmentation-offload'),
    ],
  }),
  defineFeature({
    name: 'offload.tx-segmentation',
    properties: ['host_tso4', 'host_tso6', 'host_ecn', 'host_ufo'],
    bits: { VIRTIO_NET_F_HOST_TSO4: 11, VIRTIO_NET_F_HOST_TSO6: 12 },
    summary: 'Whether the guest may send segments larger than the MTU, for the host to cut.',
    versions: 'every QEMU; on where a profile does not say and the host can',
    effect: { latency: 'none', bandwidth: 'better', jitter: 'none' },
    risk: 'Off costs an exit to the host for every packet of the MTU in place of every 64 KiB.',
    facts: inGuest('tcp-segmentation-offload', 'generic-segmentation-offload', 'scatter-gather'),
  }),
  defineFeature({
    name: 'offload.rx-segmentation',
    properties: ['guest_tso4', 'guest_tso6', 'guest_ecn', 'guest_ufo'],
    bits: { VIRTIO_NET_F_GUEST_TSO4: 7, VIRTIO_NET_F_GUEST_TSO6: 8 },
    summary: 'Whether the guest takes segments larger than the MTU.',
    versions: 'every QEMU; on where a profile does not say and the host can',
    effect: { latency: 'none', bandwidth: 'better', jitter: 'none' },
    risk: 'Must be off in a guest that forwards packets; off, the host cuts everything before it comes to the tap.',
    facts: [...inGuest('large-receive-offload'), ...ofTap('tcp-segmentation-offload', 'generic-segmentation-offload')],
  }),
  defineFeature({
    name: 'mergeable-buffers',
    properties: ['mrg_rxbuf'],
    bits: { VIRTIO_NET_F_MRG_RXBUF: 15 },
    summary: 'Whether a packet for the guest may lie in several of its buffers.',
    versions: 'every QEMU; on where a profile does not say',
    effect: { latency: 'none', bandwidth: 'better', jitter: 'none' },
    risk: 'Off, the guest sets aside 64 KiB for each packet as long as it takes large segments, and the ring holds fewer.',
  }),
  defineFeature({
    name: 'event-index',
    properties: ['event_idx'],
    bits: { VIRTIO_F_EVENT_IDX: 29 },
    summary: 'Whether both sides say from which entry on they want to be woken, in place of always.',
    versions: 'every QEMU; on where a profile does not say',
    effect: { latency: 'depends', bandwidth: 'better', jitter: 'depends' },
    risk: 'Off brings more interrupts and exits, and now and then the earlier one.',
  }),
  defineFeature({
    name: 'packed',
    properties: ['packed'],
    bits: { VIRTIO_F_RING_PACKED: 34 },
    summary: 'Whether the rings have the packed form, which touches fewer cache lines.',
    versions: 'QEMU 4.2 and newer, Linux 5.0 in the guest; off where a profile does not say',
    effect: { latency: 'depends', bandwidth: 'depends', jitter: 'none' },
    risk: 'vhost in the kernel has no packed rings: the guest then falls back without a word, which the probe shows.',
  }),
] as const;
