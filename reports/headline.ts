import type { Comparison, Verdict } from '../src/comparison/comparison.schema.ts';

const openings: Readonly<Record<Verdict, string>> = {
  regressed: 'Regressed',
  invalid: 'Invalid',
  inconclusive: 'Inconclusive',
  improved: 'Improved',
  unchanged: 'Unchanged',
};

const meanings: Readonly<Record<Verdict, string>> = {
  regressed: 'at least one test got worse by more than its margin',
  invalid: 'at least one row does not compare what was asked for',
  inconclusive: 'no regression was shown, and for some tests it cannot be excluded',
  improved: 'at least one test got better by more than its margin, and none got worse',
  unchanged: 'every test stayed within its margin',
};

/** The verdict over all primary cells, in words, and how many of them came out how. */
export function describeFamily({ family }: Comparison): {
  readonly verdict: string;
  readonly meaning: string;
  readonly counts: string;
} {
  const order = ['improved', 'regressed', 'unchanged', 'inconclusive', 'invalid'] as const;
  const present = order.filter((verdict) => family[verdict] > 0).map((verdict) => `${family[verdict]} ${verdict}`);
  const total = order.reduce((sum, verdict) => sum + family[verdict], 0);
  return {
    verdict: openings[family.verdict],
    meaning: meanings[family.verdict],
    counts: `${joinWords(present)} of ${total} ${total === 1 ? 'test' : 'tests'}`,
  };
}

/** What was compared with what, on what, with how much evidence. */
export function describeDesign({ context }: Comparison): string {
  const { plan, baseline, candidate } = context;
  const starts = `${plan.deployments} fresh ${plan.deployments === 1 ? 'start' : 'starts'}`;
  const samples = `${plan.samples} ${plan.samples === 1 ? 'sample' : 'samples'}`;
  const order = context.interleaved ? 'interleaved' : 'from two runs, not interleaved';
  return (
    `Profile ${candidate.profile} against ${baseline.profile}, plan ${plan.name}: ${joinWords(plan.guests)} over ` +
    `${joinWords(plan.attachments)}, ${starts} x ${samples} of ${plan.seconds} s per side, ${order}.`
  );
}

/** `a`, `a and b`, `a, b and c`. */
export function joinWords(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
