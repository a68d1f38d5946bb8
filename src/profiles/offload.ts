import { acceptedOnOff, onOff } from './on-off.ts';
import type { Parameter } from './parameter.ts';
import type { ParameterCommand } from './parameter-command.ts';
import type { Reading } from './reading.ts';

/** What `ethtool -K` calls an offload, and the lines of `ethtool -k` that tell its state. */
export interface Offload {
  readonly option: string;
  /**
   * One that is on is enough. Not the line of the group where there are others: it says
   * `tcp-segmentation-offload: on` as long as any member is, and the kernel switches off members by itself.
   */
  readonly lines: readonly string[];
}

/** By the last part of the parameter's name. */
export const offloads = {
  'generic-receive': { option: 'gro', lines: ['generic-receive-offload'] },
  'generic-segmentation': { option: 'gso', lines: ['generic-segmentation-offload'] },
  'scatter-gather': { option: 'sg', lines: ['tx-scatter-gather'] },
  'tcp-segmentation': { option: 'tso', lines: ['tx-tcp-segmentation'] },
  'tx-checksumming': { option: 'tx', lines: ['tx-checksum-ip-generic', 'tx-checksum-ipv4'] },
} as const satisfies Record<string, Offload>;
export type OffloadName = keyof typeof offloads;

/** One interface whose offloads are parameters. */
export interface OffloadPlace {
  /** What the names of its parameters begin with: `guest.docker.offload`. */
  readonly prefix: string;
  /** What the facts that change begin with: `guest.offload.guest`. */
  readonly facts: string;
  /** Where its features are read, in words. */
  readonly readAt: string;
  /** Where the kernel documents them, beside ethtool. */
  readonly documents: string;
}

export interface OffloadEntry extends Pick<Parameter, 'summary' | 'versions' | 'effect' | 'risk'> {
  readonly name: OffloadName;
  /** Offloads among the facts that change with it, since the kernel drops what rests on it. */
  readonly facts: readonly string[];
}

/** Everything of such a parameter but how its guest kind gets it. */
export function describeOffload(
  place: OffloadPlace,
  { name, facts, ...texts }: OffloadEntry,
): Omit<Parameter<boolean>, 'docker' | 'qemu'> {
  const { option, lines } = offloads[name];
  return {
    ...texts,
    name: `${place.prefix}.${name}`,
    layer: 'guest',
    schema: onOff,
    accepted: acceptedOnOff,
    replacedBy: null,
    switching: 'deployment',
    source: `ethtool(8), -K ${option}; ${place.documents}`,
    changesFacts: facts.map((fact) => `${place.facts}.${fact}`),
    misfit: () => null,
    probe: `ethtool -k ${place.readAt}, ${lines.join(' or ')}`,
  };
}

export function switchOffload({ option }: Offload, value: boolean, device: string): ParameterCommand {
  return { program: 'ethtool', args: ['-K', device, option, value ? 'on' : 'off'] };
}

/** Whether the kernel does what was asked for; `features` is the output of `ethtool -k`. */
export function readOffload({ lines }: Offload, value: boolean, features: string): Reading {
  const states = lines.flatMap((line) => readFeature(features, line));
  if (states.length === 0) return { found: `no line ${lines.join(' or ')}`, inForce: false };
  const on = states.find(({ state }) => /^on\b/.test(state));
  const { line, state } = on ?? states[0] ?? { line: '', state: '' };
  return { found: `${line}: ${state}`, inForce: (on !== undefined) === value };
}

/** The line `	tx-tcp-segmentation: off [requested on]` of `ethtool -k`; a feature that the device cannot have is none. */
function readFeature(features: string, line: string): { line: string; state: string }[] {
  const state = new RegExp(`^\\s*${line}:[ \\t]*(\\S.*?)[ \\t]*$`, 'm').exec(features)?.[1];
  return state === undefined ? [] : [{ line, state }];
}
