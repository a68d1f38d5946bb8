import { buildNicPart } from '../host-nic.ts';
import type { HostItem } from '../host-setting.ts';
import { type Offload, offloads } from '../offload.ts';
import { acceptedOnOff, onOff } from '../on-off.ts';
import { defineHostParameter, type Texts } from './host-parameter.ts';

/** What only a card has, beside what every interface has. */
const cardOffloads = {
  ...offloads,
  'large-receive': { option: 'lro', lines: ['large-receive-offload'] },
  'receive-hashing': { option: 'rxhash', lines: ['receive-hashing'] },
  'rx-checksumming': { option: 'rx', lines: ['rx-checksumming'] },
  'rx-vlan': { option: 'rxvlan', lines: ['rx-vlan-offload'] },
} as const satisfies Record<string, Offload>;

interface OffloadEntry extends Pick<Texts<boolean>, 'summary' | 'versions' | 'effect' | 'risk'> {
  readonly name: keyof typeof cardOffloads;
  /** Offloads among the facts that change with it, since the kernel drops what rests on it. */
  readonly facts: readonly string[];
}

function defineOffload({ name, facts, ...texts }: OffloadEntry) {
  const { option, lines }: Offload = cardOffloads[name];
  return defineHostParameter<boolean>({
    ...texts,
    name: `nic.offload.${name}`,
    schema: onOff,
    accepted: acceptedOnOff,
    source: `ethtool(8), -K ${option}; Linux Documentation/networking/segmentation-offloads.rst`,
    changesFacts: facts.map((fact) => `host.offload.wire.${fact}`),
    probe: `ethtool -k of the interface under test, ${lines.join(' or ')}`,
    host: buildNicPart({
      show: (device) => ({ program: 'ethtool', args: ['-k', device] }),
      what: `offload ${name}`,
      find: (text) => findOffload(lines, text),
      set: (device, _, text) => [{ program: 'ethtool', args: ['-K', device, option, text] }],
    }),
  });
}

/**
 * From lines such as `	tx-tcp-segmentation: off [requested on]` or `large-receive-offload: off [fixed]`; of several one
 * that is on is enough. What somebody asked for in vain is what to come back to: it is on again with what it rests on.
 */
function findOffload(lines: readonly string[], text: string): HostItem[] {
  const states = lines.flatMap((line) => {
    const [, state, remark = ''] = new RegExp(`^\\s*${line}: (on|off)(?: \\[(.*)\\])?$`, 'm').exec(text) ?? [];
    return state === undefined ? [] : [{ state, remark }];
  });
  const found =
    states.find(({ state }) => state === 'on') ?? states.find(({ remark }) => remark !== 'fixed') ?? states[0];
  if (found === undefined) return [];
  const { state, remark } = found;
  const requested = /^requested (on|off)$/.exec(remark)?.[1];
  return [
    {
      name: '',
      text: state,
      ...(remark === '' ? {} : { remark }),
      ...(requested === undefined ? {} : { former: requested }),
      ...(remark === 'fixed' ? { changeable: false } : {}),
    },
  ];
}

const linux = 'every Linux; what a card cannot do is marked fixed and stays as it is';

export const hostNicOffloads = [
  defineOffload({
    name: 'generic-receive',
    facts: ['generic-receive-offload'],
    summary: 'GRO of the card: received segments are joined before the protocol stack or the bridge sees them.',
    versions: 'Linux 2.6.29 and newer',
    effect: { latency: 'depends', bandwidth: 'better', jitter: 'depends' },
    risk: 'Off, a bridge carries every segment on its own.',
  }),
  defineOffload({
    name: 'generic-segmentation',
    facts: ['generic-segmentation-offload'],
    summary: 'GSO of the card: packets are cut to the MTU at the last moment, in software.',
    versions: 'Linux 2.6.18 and newer',
    effect: { latency: 'none', bandwidth: 'better', jitter: 'none' },
    risk: 'Needs scatter-gather: without it the kernel keeps GSO off whatever is asked for.',
  }),
  defineOffload({
    name: 'large-receive',
    facts: ['large-receive-offload'],
    summary: 'LRO of the card: received segments are joined by the card or its driver, and cannot be parted again.',
    versions: linux,
    effect: { latency: 'worse', bandwidth: 'better', jitter: 'depends' },
    risk: 'Must be off where packets are forwarded: the kernel takes it away from a port of a bridge, a mismatch then.',
  }),
  defineOffload({
    name: 'receive-hashing',
    facts: [],
    summary: 'Whether the card hands over the hash by which it has chosen the queue.',
    versions: linux,
    effect: { latency: 'none', bandwidth: 'better', jitter: 'none' },
    risk: 'Off, the kernel computes a hash by itself where it needs one.',
  }),
  defineOffload({
    name: 'rx-checksumming',
    facts: ['rx-checksumming', 'large-receive-offload', 'generic-receive-offload'],
    summary: 'Whether the card verifies the checksums of what it receives.',
    versions: linux,
    effect: { latency: 'better', bandwidth: 'better', jitter: 'none' },
    risk: 'Switched off it takes LRO along, and makes GRO dearer.',
  }),
  defineOffload({
    name: 'rx-vlan',
    facts: [],
    summary: 'Whether the card takes the tag of a VLAN out of what it receives.',
    versions: linux,
    effect: { latency: 'none', bandwidth: 'none', jitter: 'none' },
    risk: 'Without effect where there are no VLANs.',
  }),
  defineOffload({
    name: 'scatter-gather',
    facts: ['scatter-gather', 'tcp-segmentation-offload', 'generic-segmentation-offload'],
    summary: 'Scatter-gather of the card: packets may lie in several pieces of memory.',
    versions: 'Linux 2.4 and newer',
    effect: { latency: 'none', bandwidth: 'better', jitter: 'none' },
    risk: 'Switched off it takes TCP segmentation and GSO along: set those to off as well, or they are a mismatch.',
  }),
  defineOffload({
    name: 'tcp-segmentation',
    facts: ['tcp-segmentation-offload'],
    summary: 'TSO of the card: TCP hands over up to 64 KiB at once, and the card cuts it to the MTU.',
    versions: 'Linux 2.6 and newer',
    effect: { latency: 'none', bandwidth: 'better', jitter: 'none' },
    risk: 'Needs scatter-gather and TX checksumming.',
  }),
  defineOffload({
    name: 'tx-checksumming',
    facts: ['tx-checksumming', 'tcp-segmentation-offload'],
    summary: 'TX checksumming of the card: checksums are left to it.',
    versions: 'Linux 2.4 and newer',
    effect: { latency: 'better', bandwidth: 'better', jitter: 'none' },
    risk: 'Switched off it takes TCP segmentation along.',
  }),
];
