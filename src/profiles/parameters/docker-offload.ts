import { defineParameter } from '../define-parameter.ts';
import { describeOffload, type OffloadEntry, offloads, readOffload, switchOffload } from '../offload.ts';
import type { Parameter } from '../parameter.ts';

const place = {
  prefix: 'guest.docker.offload',
  facts: 'guest.offload.guest',
  readAt: "in the container's network namespace",
  documents: 'Linux Documentation/networking/segmentation-offloads.rst and netdev-features.rst',
};

function defineOffload(entry: OffloadEntry): Parameter {
  const offload = offloads[entry.name];
  return defineParameter<boolean>({
    ...describeOffload(place, entry),
    docker: {
      commands: (value, { device }) => [switchOffload(offload, value, device)],
      read: (value, { features }) => readOffload(offload, value, features),
    },
  });
}

export const dockerOffloads = [
  defineOffload({
    name: 'generic-receive',
    facts: ['generic-receive-offload'],
    summary: "GRO of the container's interface: received segments are joined before the protocol stack sees them.",
    versions:
      'Linux 2.6.29 and newer; a veth has it switched off at first and takes packets through NAPI when it is on ' +
      'since 5.13',
    effect: { latency: 'worse', bandwidth: 'depends', jitter: 'depends' },
    risk: 'On a veth every packet then waits for one more soft interrupt; whether the batches pay is to be measured.',
  }),
  defineOffload({
    name: 'generic-segmentation',
    facts: ['generic-segmentation-offload'],
    summary: "GSO of the container's interface: packets are cut to the MTU at the last moment, in software.",
    versions: 'Linux 2.6.18 and newer',
    effect: { latency: 'none', bandwidth: 'better', jitter: 'none' },
    risk: 'Needs scatter-gather: without it the kernel keeps GSO off whatever is asked for.',
  }),
  defineOffload({
    name: 'scatter-gather',
    facts: ['scatter-gather', 'tcp-segmentation-offload', 'generic-segmentation-offload'],
    summary: "Scatter-gather of the container's interface: packets may lie in several pieces of memory.",
    versions: 'Linux 2.4 and newer',
    effect: { latency: 'none', bandwidth: 'better', jitter: 'none' },
    risk: 'Switched off it takes TCP segmentation and GSO along: set those to off as well, or they are a mismatch.',
  }),
  defineOffload({
    name: 'tcp-segmentation',
    facts: ['tcp-segmentation-offload'],
    summary:
      "TSO of the container's interface: TCP hands over up to 64 KiB at once, and the device cuts it to the MTU.",
    versions:
      'Linux 2.6 and newer; with ethtool 6.1 on Linux 6.18 the line of the group stays on by its member for AccECN ' +
      'although TCP segmentation is off',
    effect: { latency: 'none', bandwidth: 'better', jitter: 'none' },
    risk:
      'Needs scatter-gather and TX checksumming. Over a veth nothing ever cuts the packets: without it one host passes ' +
      'about half as much, which is closer to what a wire would ask for.',
  }),
  defineOffload({
    name: 'tx-checksumming',
    facts: ['tx-checksumming', 'tcp-segmentation-offload'],
    summary: "TX checksumming of the container's interface: checksums are left to the device.",
    versions: 'Linux 2.4 and newer',
    effect: { latency: 'better', bandwidth: 'better', jitter: 'none' },
    risk:
      'Between veths nobody ever computes the checksum; captures then show wrong ones. Switched off it takes TCP ' +
      'segmentation along.',
  }),
] as const;
