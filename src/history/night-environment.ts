import { formatFact } from '../comparison/environment-difference.ts';
import type { Facts, Run } from '../results/journal.schema.ts';
import type { Night } from './night.schema.ts';

/** Facts of host and client that move figures from one night to the next without any profile having changed. */
const machineFacts = [
  'kernel.release',
  'kernel.version',
  'kernel.cmdline',
  'cpu.model',
  'cpu.online',
  'cpu.governor',
  'cpu.smt',
  'cpu.clocksource',
];
const guestFacts = ['kernel.release', 'kernel.version'];

/** Our own version says nothing: its commit is named by the night, and is what a regression may come from. */
const ownName = 'tunegate';

/**
 * What must be equal for the figures of two nights to be compared: kernels, processor, accelerator, versions of QEMU,
 * Docker and the measuring tools. Guests by kind, since one kind may be missing in a night. A fact with several values
 * in one night (a boot parameter that is the treatment) has them joined.
 */
export function collectNightEnvironment(run: Run): Night['environment'] {
  const values = new Map<string, Set<string>>();
  const note = (key: string, value: string) => values.set(key, (values.get(key) ?? new Set()).add(value));
  const noteFacts = (scope: string, facts: Facts, keys: readonly string[]) => {
    for (const key of keys) if (facts[key] !== undefined) note(`${scope}.${key}`, formatFact(facts[key]));
  };
  for (const { guest, accelerator, facts } of run.deployments) {
    if (accelerator !== null) note(`${guest}.accelerator`, accelerator);
    if (facts === null) continue;
    noteFacts('host', facts.host, machineFacts);
    noteFacts('client', facts.client, machineFacts);
    noteFacts(guest, facts.guest, guestFacts);
  }
  for (const [name, version] of Object.entries(run.header.versions)) {
    if (name !== ownName) note(`version.${name}`, version);
  }
  const joined = [...values].map(([key, found]) => [key, [...found].sort().join(', ').slice(0, 4096)] as const);
  return Object.fromEntries(joined.sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** Something that begins a new stretch of nights. */
export interface Change {
  /** `host.kernel.release`, `profile tuned`, `plan`. */
  readonly what: string;
  readonly before: string;
  readonly after: string;
}

/** What makes the figures of two nights comparable. */
export type Comparable = Pick<Night, 'topology' | 'design' | 'baseline' | 'candidate' | 'environment'>;

/** What two nights of a host and comparison differ in. A key that only one of them has is no difference. */
export function listChanges(before: Comparable, after: Comparable): readonly Change[] {
  const pairs: (readonly [string, string, string])[] = [
    ['topology', before.topology, after.topology],
    ['plan', describeDesign(before), describeDesign(after)],
    ...(['baseline', 'candidate'] as const).map(
      (side) => [`${side} profile`, describeProfile(before[side]), describeProfile(after[side])] as const,
    ),
    ...Object.entries(after.environment).map(([key, value]) => [key, before.environment[key] ?? value, value] as const),
  ];
  return pairs
    .filter(([, left, right]) => left !== right)
    .map(([what, left, right]) => ({
      what,
      before: left,
      after: right,
    }));
}

function describeDesign({ design }: Comparable): string {
  const { plan, regime, deployments, samples, seconds } = design;
  return `${plan}, ${deployments} x ${samples} x ${seconds} s, by ${regime}`;
}

function describeProfile({ profile, sha256 }: Night['baseline']): string {
  return `${profile} ${sha256.slice(0, 12)}`;
}
