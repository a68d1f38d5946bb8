import { describe, expect, it } from 'vitest';
import { compareWithCatalogue } from '../../src/comparison/compare-with-catalogue.ts';
import { defaultPolicy, policySchema } from '../../src/comparison/policy.schema.ts';
import { buildNight, nameRun } from '../../src/history/build-night.ts';
import type { Night } from '../../src/history/night.schema.ts';
import { recallNights } from '../../src/history/recall.ts';
import type { Run } from '../../src/results/journal.schema.ts';
import { buildRun, type RunShape } from '../comparison/build-run.ts';
import { scaleCandidate } from '../comparison/compare.ts';

const id = 'docker/bridge/tcp_rr/latency';
const plan = { deployments: 2, regime: 'deployment' } as const;
const today = buildRun({ plan });

/** The same run, night after night. */
function recordNights(count: number, shape: Partial<RunShape> = {}, change: Partial<Run['header']> = {}): Night[] {
  return Array.from({ length: count }, (_, day) => {
    const run = buildRun({ plan, id: `night-${day}`, ...shape });
    const time = new Date(Date.parse(run.header.time) + day * 86_400_000).toISOString();
    const recorded: Run = { ...run, header: { ...run.header, time, ...change } };
    const names = { ...nameRun(recorded), commit: null, run: { id: recorded.header.id, attempt: 1 } };
    return buildNight(recorded, compareWithCatalogue([recorded], defaultPolicy), names);
  });
}

const recall = (nights: readonly Night[], run = today, policy = defaultPolicy) => recallNights(nights, policy, { run });

describe('what nights tell of a run', () => {
  it('is the variance between fresh starts, with which two a side are enough', () => {
    const { policy, note } = recall(recordNights(10));
    expect(note).toBe('10 nights of tuned on local tell what differs without a change.');
    const [without] = compareWithCatalogue([today], defaultPolicy).cells;
    const [cell] = compareWithCatalogue([today], policy).cells;
    expect(without).toMatchObject({ id, pMethod: null, reason: 'needs at least 4 fresh starts per side' });
    // The same few medians night after night are drawn from, since they are not normal.
    expect(cell).toMatchObject({ id, pMethod: 'empirical-deployments' });
    expect(cell?.reason).not.toContain('fresh starts per side');
  });

  it('counts although the profile of the candidate is another: that is what is being changed', () => {
    const candidate = { ...today.header.candidate, sha256: 'e'.repeat(64) };
    const changed = { ...today, header: { ...today.header, candidate } };
    expect(Object.keys(recall(recordNights(10), changed).policy.history)).toContain(id);
  });

  it('leaves what the policy says itself', () => {
    const own = policySchema.parse({ history: { [id]: { ratios: [1.01] } } });
    expect(recall(recordNights(10), today, own).policy.history[id]).toEqual(own.history[id]);
  });

  it('is also what comparisons of a profile with itself tell, whose ratios make the margin', () => {
    const wandering = { value: scaleCandidate(1.05, /^latency/) };
    const same = recordNights(59, wandering, { candidate: today.header.baseline });
    const { policy, note } = recall(same);
    expect(note).toBe(
      'No night of tuned on local is recorded. 59 nights of stock on local tell what differs without a change.',
    );
    expect(compareWithCatalogue([today], policy).cells[0]?.margin?.source).toBe('learned');
    const both = recall([...recordNights(3), ...same]).note;
    expect(both).toBe('59 nights of stock and 3 nights of tuned on local tell what differs without a change.');
  });

  const facts: RunShape['facts'] = () => ({ host: { 'kernel.release': '6.12.0' }, guest: {}, client: {} });
  const cases: readonly (readonly [string, readonly Night[], RegExp])[] = [
    [
      'nights of another comparison',
      recordNights(10, {}, { candidate: other('latency') }),
      /^No night of tuned on local/,
    ],
    ['nights of another host', recordNights(10, { host: 'far' }), /^No night of tuned on local is recorded\.$/],
    [
      'another kernel',
      recordNights(10, { facts }),
      /do not count: host\.kernel\.release was 6\.12\.0, and is 6\.1\.0\.$/,
    ],
    ['another design', recordNights(10, { plan: { ...plan, samples: 3 } }), /do not count: plan was test, 2 x 3 x 1 s/],
    [
      'another baseline',
      recordNights(10, {}, { baseline: other('stock') }),
      /do not count: baseline profile was stock f{12}/,
    ],
  ];
  function other(profile: string) {
    return { ...today.header.baseline, profile, sha256: 'f'.repeat(64) };
  }
  it.each(cases)('is nothing with %s, and the note says why', (_, nights, note) => {
    expect(nights).toHaveLength(10);
    const recalled = recall(nights);
    expect(recalled.policy).toEqual(defaultPolicy);
    expect(recalled.note).toMatch(note);
  });

  it('is nothing without nights', () => {
    expect(recall([])).toEqual({ policy: defaultPolicy, note: 'No night of tuned on local is recorded.' });
  });
});
