import * as z from 'zod';
import { defineParameter } from '../define-parameter.ts';
import { describeOffload, type OffloadEntry, offloads, readOffload, switchOffload } from '../offload.ts';
import type { Parameter } from '../parameter.ts';

const place = {
  prefix: 'guest.qemu.tap.offload',
  facts: 'guest.offload.tap',
  readAt: "of the host's end of the guest's link",
  documents: 'Linux drivers/net/tun.c, TUNSETOFFLOAD',
};

const versions = 'every Linux; QEMU sets checksumming and segmentation of a tap itself, by what the guest can take';

function defineTapOffload(texts: Omit<OffloadEntry, 'versions'>): Parameter {
  const offload = offloads[texts.name];
  return defineParameter<boolean>({
    ...describeOffload(place, { ...texts, versions }),
    qemu: {
      commands: (value, { device }) => [switchOffload(offload, value, device)],
      read: (value, { host: { features } }) => readOffload(offload, value, features),
    },
  });
}

export const qemuTapOffloads = [
  defineTapOffload({
    name: 'generic-receive',
    facts: ['generic-receive-offload'],
    summary: 'GRO of the tap: packets that the guest sends are joined before the bridge sees them.',
    effect: { latency: 'none', bandwidth: 'none', jitter: 'none' },
    risk: 'Without effect on a tap that QEMU writes to: it takes no NAPI on that way.',
  }),
  defineTapOffload({
    name: 'generic-segmentation',
    facts: ['generic-segmentation-offload'],
    summary: 'GSO of the tap: large packets for the guest are cut at the last moment, in software.',
    effect: { latency: 'none', bandwidth: 'better', jitter: 'none' },
    risk: 'Off, every large packet is cut before it comes to the bridge.',
  }),
  defineTapOffload({
    name: 'scatter-gather',
    facts: ['scatter-gather', 'tcp-segmentation-offload', 'generic-segmentation-offload'],
    summary: 'Scatter-gather of the tap: packets for the guest may lie in several pieces of memory.',
    effect: { latency: 'none', bandwidth: 'better', jitter: 'none' },
    risk: 'Switched off it takes TCP segmentation and GSO along: set those to off as well, or they are a mismatch.',
  }),
  defineTapOffload({
    name: 'tcp-segmentation',
    facts: ['tcp-segmentation-offload'],
    summary: 'TSO of the tap: segments of up to 64 KiB go to the guest whole.',
    effect: { latency: 'none', bandwidth: 'better', jitter: 'none' },
    risk: 'A guest that does not take them (rx-segmentation off) has it off already.',
  }),
  defineTapOffload({
    name: 'tx-checksumming',
    facts: ['tx-checksumming', 'tcp-segmentation-offload'],
    summary: 'TX checksumming of the tap: the checksum of packets for the guest is left to it.',
    effect: { latency: 'better', bandwidth: 'better', jitter: 'none' },
    risk: 'Nobody ever computes it on one host; captures show wrong ones. Switched off it takes TCP segmentation along.',
  }),
] as const;

export const qemuQueueLength = defineParameter<number>({
  name: 'guest.qemu.tap.txqueuelen',
  layer: 'guest',
  summary:
    "Length of the transmit queue of the host's end of the guest's link, packets: those that wait for the guest.",
  schema: z.int().min(0).max(1_000_000),
  accepted: 'a whole number of packets from 0 to 1000000, such as 1000',
  versions:
    'every Linux; a tap starts with 1000 (500 before 4.14), and takes it as the size of its ring to QEMU since 4.8',
  replacedBy: null,
  switching: 'deployment',
  effect: { latency: 'depends', bandwidth: 'depends', jitter: 'depends' },
  risk: 'A long queue hides loss and costs latency, a short one drops bursts of UDP_STREAM.',
  source: 'ip-link(8), txqueuelen; Linux drivers/net/tun.c, tun_queue_resize',
  changesFacts: [],
  misfit: () => null,
  probe: "ip -j link of the host's end of the guest's link, txqlen",
  qemu: {
    commands: (value, { device }) => [
      { program: 'ip', args: ['link', 'set', 'dev', device, 'txqueuelen', String(value)] },
    ],
    read: (value, { host: { queueLength } }) => ({ found: `txqlen ${queueLength}`, inForce: queueLength === value }),
  },
});
