import { ConfigurationError } from '../errors.ts';
import { formatParameterValue } from '../profiles/parameter-value.ts';
import type { Profile } from '../profiles/profile.schema.ts';
import type { Attachment } from '../vocabulary.ts';
import { listCombinations } from './matrix.ts';
import type { ResolvedPlan } from './plan.schema.ts';

interface Need {
  /** Of the parameters' names. */
  readonly pattern: RegExp;
  /** Attachments of virtual machines where such a parameter has nothing to reach. */
  readonly cannotBy: readonly Attachment[];
  readonly reason: string;
  /** Values that every attachment can give. */
  readonly harmless: readonly unknown[];
}

/** QEMU's own network has no link on the host; a macvtap that has the wire to itself is opened once, for one queue. */
const needs: readonly Need[] = [
  {
    pattern: /^guest\.qemu\.net\.queues$/,
    cannotBy: ['physical', 'user'],
    reason: 'a guest has one pair of queues',
    harmless: [1],
  },
  {
    pattern: /^guest\.qemu\.tap\./,
    cannotBy: ['user'],
    reason: 'there is no tap',
    harmless: [],
  },
  {
    pattern: /^guest\.qemu\.net\.vhost$/,
    cannotBy: ['user'],
    reason: 'QEMU moves all packets itself',
    harmless: [false],
  },
];

/** Throws `ConfigurationError` when a profile sets what an attachment of the plan has no place for. */
export function refuseAttachments(plan: ResolvedPlan, profile: Pick<Profile, 'name' | 'parameters'>): void {
  if (!plan.layers.includes('guest')) return;
  const used = new Set(
    listCombinations(plan).flatMap(({ guest, attachment }) => (guest === 'qemu' ? [attachment] : [])),
  );
  const problems = Object.entries(profile.parameters).flatMap(([name, value]) =>
    needs
      .filter(({ pattern, harmless }) => pattern.test(name) && !harmless.includes(value))
      .flatMap(({ cannotBy, reason }) =>
        cannotBy
          .filter((attachment) => used.has(attachment))
          .map((attachment) => `${name} is ${formatParameterValue(value)}, but by ${attachment} ${reason}`),
      ),
  );
  if (problems.length === 0) return;
  throw new ConfigurationError(
    `profile ${profile.name}: ${problems.join('; ')}, accepted is a plan whose virtual machines are attached by bridge`,
  );
}
