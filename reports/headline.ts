import type { Comparison, Context, Verdict } from '../src/comparison/comparison.schema.ts';
import type { Topology } from '../src/vocabulary.ts';

/** The worst news first, as in the verdict over all rows, so that the first count belongs to it. */
const order: readonly Verdict[] = ['regressed', 'invalid', 'inconclusive', 'improved', 'unchanged'];

const meanings: Readonly<Record<Verdict, string>> = {
  regressed: 'At least one row got worse by more than its margin.',
  invalid: 'At least one row does not compare what was asked for.',
  inconclusive: 'No regression was shown, but it cannot be excluded everywhere.',
  improved: 'At least one row got better by more than its margin, and none got worse.',
  unchanged: 'Every row stayed within its margin.',
};

const places: Readonly<Record<Topology, string>> = {
  embedded: 'one machine (embedded topology)',
  lab: 'emulated hosts (lab topology)',
  inventory: 'the hosts of the inventory',
};

/** The first thing a reader sees; every part is plain text. */
export interface Headline {
  /** `Improved: tuned against stock` */
  readonly title: string;
  /** `1 of 14 rows improved, 13 unchanged` */
  readonly counts: string;
  /** The verdict in words. */
  readonly meaning: string;
  /** On what, and with how much evidence. */
  readonly design: string;
}

export function describeHeadline(comparison: Comparison): Headline {
  const { family } = comparison;
  const total = order.reduce((sum, verdict) => sum + family[verdict], 0);
  const counts = order
    .filter((verdict) => family[verdict] > 0)
    .map(
      (verdict, index) =>
        `${family[verdict]}${index === 0 ? ` of ${total} ${countWord(total, 'row')}` : ''} ${verdict}`,
    );
  return {
    title: `${family.verdict.charAt(0).toUpperCase()}${family.verdict.slice(1)}: ${describePair(comparison)}`,
    counts: total === 0 ? 'No row could be compared' : counts.join(', '),
    meaning: total === 0 ? 'There is nothing to judge.' : meanings[family.verdict],
    design: comparison.context === null ? '' : describeDesign(comparison.context),
  };
}

function describePair(comparison: Comparison): string {
  const [baselineName, candidateName] = nameSides(comparison);
  if (comparison.context === null) return `${candidateName} against ${baselineName}`;
  const { baseline, candidate } = comparison.context;
  if (baseline.profile === candidate.profile && baseline.sha256 === candidate.sha256) {
    return `${baseline.profile} against itself (A/A)`;
  }
  return `${candidateName} against ${baselineName}`;
}

/** The profiles' names, told apart where both sides have the same. */
export function nameSides({ context }: Comparison): readonly [string, string] {
  if (context === null) return ['baseline', 'candidate'];
  const { baseline, candidate } = context;
  if (baseline.profile !== candidate.profile) return [baseline.profile, candidate.profile];
  return [`${baseline.profile} (baseline)`, `${candidate.profile} (candidate)`];
}

function describeDesign(context: Context): string {
  const { plan, topology, interleaved, status } = context;
  const starts = `${plan.deployments}\u00a0fresh ${countWord(plan.deployments, 'start')}`;
  const samples = `${plan.samples}\u00a0${countWord(plan.samples, 'sample')}`;
  const alternation = interleaved ? 'interleaved' : 'the sides from two runs, not interleaved';
  const ending = status === 'complete' ? '' : ` The run is ${status}: not everything planned was measured.`;
  return (
    `Plan ${plan.name} on ${places[topology]}: ${joinWords(plan.guests)} over ${joinWords(plan.attachments)}, ` +
    `${starts} x ${samples} per side and test, ${alternation}.${ending}`
  );
}

function countWord(count: number, word: string): string {
  return count === 1 ? word : `${word}s`;
}

/** `a`, `a and b`, `a, b and c`. */
export function joinWords(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
