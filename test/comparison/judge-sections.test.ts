import { describe, expect, it } from 'vitest';
import { type JudgedSection, judgeSections } from '../../src/comparison/judge-sections.ts';
import { defaultPolicy } from '../../src/comparison/policy.schema.ts';
import { buildRun } from './build-run.ts';
import { compare, scaleCandidate } from './compare.ts';

const scaled = (factor: number) => compare(buildRun({ value: scaleCandidate(factor, /^latency/) }));
const section = (host: string, result: JudgedSection['result'], missing: string | null = null): JudgedSection => ({
  ...{ comparison: 'tuned', host, result, missing },
});
const judge = (...sections: JudgedSection[]) => judgeSections(sections, defaultPolicy);

describe('several comparisons', () => {
  it('pass where none regressed, and say what the worst of them is', () => {
    expect(judge(section('a', scaled(0.9)), section('b', scaled(0.9)))).toEqual({
      verdict: 'improved',
      gate: { conclusion: 'success', sentence: 'No primary cell regressed, and at least one improved.' },
    });
  });

  it('are regressed where one is, and that is told before anything else', () => {
    const sections = [section('a', null, 'No run was uploaded.'), section('b', scaled(1.2)), section('c', scaled(0.9))];
    expect(judge(...sections)).toEqual({
      verdict: 'regressed',
      gate: {
        conclusion: 'failure',
        sentence: 'tuned on b: 1 primary cell regressed (and 1 more of 3 comparisons).',
      },
    });
  });

  it('do not pass where one is missing, however good the others are', () => {
    expect(judge(section('a', scaled(0.9)), section('b', null, 'The host died.'))).toEqual({
      verdict: 'improved',
      gate: { conclusion: 'failure', sentence: 'tuned on b: The host died.' },
    });
    expect(judge()).toEqual({ verdict: 'none', gate: { conclusion: 'failure', sentence: 'Nothing was compared.' } });
  });

  it('do not pass where a run did not come to its end', () => {
    const end = { kind: 'run-end', time: '2026-01-02T03:04:05.000Z', status: 'partial', reason: 'x' } as const;
    expect(judge(section('a', compare({ ...buildRun(), end }))).gate).toEqual({
      conclusion: 'failure',
      sentence: 'tuned on a: the run did not come to its end (partial).',
    });
  });

  it('do not pass by a gate that no change could close', () => {
    const small = compare(buildRun({ plan: { deployments: 2 } }));
    const { verdict, gate } = judge(section('a', small));
    expect({ verdict, conclusion: gate.conclusion }).toEqual({ verdict: 'inconclusive', conclusion: 'failure' });
    expect(gate.sentence).toContain('this gate can never close');
  });

  it('pass where the data do not settle it, unless the policy says otherwise, and say so', () => {
    const open = section('a', scaled(1.019));
    expect(judge(open)).toEqual({
      verdict: 'inconclusive',
      gate: { conclusion: 'success', sentence: expect.stringContaining('do not settle every primary cell') },
    });
    const strict = { ...defaultPolicy, gate: { inconclusive: 'fail' as const } };
    expect(judgeSections([open], strict).gate).toEqual({
      conclusion: 'failure',
      sentence: 'tuned on a: 1 primary cell is inconclusive, which this policy does not let pass.',
    });
  });
});
