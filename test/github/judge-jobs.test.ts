import { describe, expect, it } from 'vitest';
import { type JobsDecision, judgeJobs } from '../../src/github/judge-jobs.ts';
import { type Needs, parseNeeds } from '../../src/github/needs.ts';

const results = ['success', 'failure', 'cancelled', 'skipped', '', undefined] as const;
type Result = (typeof results)[number];
const measuring = ['true', 'false', '', undefined] as const;
const reasons = ['', 'no-tuning-files', 'needs-approval', 'invalid-files', 'nothing-to-compare', 'other'] as const;
const verdicts = ['improved', 'unchanged', 'inconclusive', 'regressed', 'invalid', 'none', '', undefined] as const;
const gates = ['success', 'failure', 'neutral', '', undefined] as const;

interface Situation {
  readonly plan: Result;
  readonly announce: Result;
  readonly measure: Result;
  readonly report: Result;
  readonly shouldMeasure: (typeof measuring)[number];
  readonly reason: (typeof reasons)[number];
  readonly verdict: (typeof verdicts)[number];
  readonly gate: (typeof gates)[number];
}

function buildNeeds(situation: Situation): Needs {
  const drop = (outputs: Record<string, string | undefined>) =>
    Object.fromEntries(
      Object.entries(outputs).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    );
  const outputs: Record<string, Record<string, string>> = {
    plan: drop({ 'should-measure': situation.shouldMeasure, reason: situation.reason }),
    report: drop({
      verdict: situation.verdict,
      'gate-result': situation.gate,
      'gate-sentence': 'What the report says.',
    }),
  };
  const { plan, announce, measure, report } = situation;
  const jobs = Object.entries({ plan, announce, measure, report }).flatMap(([name, result]) =>
    result === undefined ? [] : [[name, { result, outputs: outputs[name] ?? {} }] as const],
  );
  return Object.fromEntries(jobs);
}

function* listSituations(): Generator<Situation> {
  for (const plan of results)
    for (const announce of results)
      for (const measure of results)
        for (const report of results)
          for (const shouldMeasure of measuring)
            for (const reason of reasons)
              for (const verdict of verdicts)
                for (const gate of gates)
                  yield { plan, announce, measure, report, shouldMeasure, reason, verdict, gate };
}

/** The rules once more, as a list of what must hold for a green check. */
function mayPass(s: Situation): boolean {
  if (s.plan !== 'success') return false;
  if (s.shouldMeasure === 'true') {
    const done = s.measure === 'success' && s.report === 'success' && (s.announce ?? 'success') === 'success';
    return done && s.gate === 'success' && ['improved', 'unchanged', 'inconclusive'].includes(s.verdict ?? '');
  }
  const idle = (result: Result) => result === 'success' || result === 'skipped';
  const harmless = s.reason === 'no-tuning-files' || s.reason === 'nothing-to-compare';
  const quiet = s.measure === 'skipped' && idle(s.report) && idle(s.announce ?? 'skipped');
  return s.shouldMeasure === 'false' && harmless && quiet;
}

describe('every combination of job results and outputs', () => {
  const judged = [...listSituations()].map((situation) => ({ situation, decision: judgeJobs(buildNeeds(situation)) }));

  const find = (wrong: (s: Situation, d: JobsDecision) => boolean) =>
    judged.filter(({ situation, decision }) => wrong(situation, decision)).slice(0, 3);

  it('is all of them', () => {
    expect(judged).toHaveLength(6 ** 4 * 4 * 6 * 8 * 5);
  });

  it('is green exactly where everything needed was done and the report opens the gate, or nothing was to be done', () => {
    expect(find((s, d) => (d.conclusion === 'success') !== mayPass(s))).toEqual([]);
  });

  it('is neutral only where all work was done and the report says so', () => {
    const done = (s: Situation) =>
      s.plan === 'success' && s.measure === 'success' && s.report === 'success' && s.gate === 'neutral';
    expect(find((s, d) => d.conclusion === 'neutral' && !(done(s) && s.shouldMeasure === 'true'))).toEqual([]);
  });

  it('never lets failed or cancelled work pass, whatever the outputs say', () => {
    const broken = (s: Situation) =>
      [s.plan, s.announce, s.measure, s.report].some((result) => result === 'failure' || result === 'cancelled');
    expect(find((s, d) => broken(s) && d.conclusion !== 'failure')).toEqual([]);
  });

  it('never lets a regressed or invalid verdict pass, whatever the report says of the gate', () => {
    const bad = (s: Situation) => s.shouldMeasure === 'true' && (s.verdict === 'regressed' || s.verdict === 'invalid');
    expect(find((s, d) => bad(s) && d.conclusion === 'success')).toEqual([]);
  });

  it('has a title and one line that ends as a sentence', () => {
    expect(find((_, { title, sentence }) => title === '' || !/^[^\n]+\.$/.test(sentence))).toEqual([]);
  });
});

const usual: Situation = {
  plan: 'success',
  announce: 'success',
  measure: 'success',
  report: 'success',
  shouldMeasure: 'true',
  reason: '',
  verdict: 'unchanged',
  gate: 'success',
};
const judge = (changes: Partial<Situation>) => judgeJobs(buildNeeds({ ...usual, ...changes }));

describe('the sentence', () => {
  it('is that of the report where all went well', () => {
    expect(judge({})).toEqual({ conclusion: 'success', title: 'Unchanged', sentence: 'What the report says.' });
  });

  it('names the job that did not do its work, and what the report could say nevertheless', () => {
    expect(judge({ measure: 'failure' })).toEqual({
      conclusion: 'failure',
      title: 'The job measure failed',
      sentence: 'The job measure failed. The report says: What the report says.',
    });
    expect(judge({ measure: 'skipped', report: 'cancelled' }).sentence).toBe('The job measure was skipped.');
    expect(judge({ plan: '' }).sentence).toBe('The job plan came to no result.');
    expect(judge({ report: undefined }).sentence).toBe('The job report is not among what the gate needs.');
  });

  it('says what to do where an approval is missing', () => {
    const waiting = {
      shouldMeasure: 'false',
      reason: 'needs-approval',
      measure: 'skipped',
      report: 'skipped',
    } as const;
    const { conclusion, title, sentence } = judge(waiting);
    expect({ conclusion, title }).toEqual({ conclusion: 'failure', title: 'Waiting for approval' });
    expect(sentence).toContain('`/tunegate run`');
  });

  it('says that nothing was measured where no tuning file is changed', () => {
    const idle = { shouldMeasure: 'false', reason: 'no-tuning-files', measure: 'skipped', report: 'skipped' } as const;
    expect(judge(idle)).toMatchObject({ conclusion: 'success', title: 'Nothing to measure' });
  });
});

describe('a report without a reason', () => {
  it('lets nothing pass', () => {
    const needs = buildNeeds(usual);
    const outputs = { verdict: 'unchanged', 'gate-result': 'success' };
    expect(judgeJobs({ ...needs, report: { result: 'success', outputs } }).conclusion).toBe('failure');
    const hostile = { ...outputs, 'gate-sentence': 'All is\n\n# well.' };
    expect(judgeJobs({ ...needs, report: { result: 'success', outputs: hostile } }).sentence).toBe('All is # well.');
  });
});

describe('other jobs', () => {
  it('must have succeeded when the gate needs them', () => {
    const needs = buildNeeds(usual);
    expect(judgeJobs({ ...needs, lint: { result: 'success', outputs: {} } }).conclusion).toBe('success');
    expect(judgeJobs({ ...needs, lint: { result: 'skipped', outputs: {} } }).title).toBe('The job lint was skipped');
  });

  it('cannot stand in for known ones by a name of every object', () => {
    const needs = parseNeeds('{"__proto__":{"result":"success","outputs":{"should-measure":"false"}}}');
    expect(judgeJobs(needs).conclusion).toBe('failure');
    expect(
      judgeJobs({ ...buildNeeds(usual), constructor: { result: 'failure' as const, outputs: {} } }).conclusion,
    ).toBe('failure');
  });
});

describe('toJSON(needs)', () => {
  it('is read as GitHub writes it', () => {
    const text = JSON.stringify({ plan: { result: 'success', outputs: { 'should-measure': 'true' } } }, null, 2);
    expect(parseNeeds(text)).toEqual({ plan: { result: 'success', outputs: { 'should-measure': 'true' } } });
  });

  it.each([
    ['', 'no JSON'],
    ['{', 'no JSON'],
    ['[]', 'expected record'],
    ['{"plan":"success"}', 'expected object'],
    ['{"plan":{"result":"done","outputs":{}}}', 'plan.result'],
    ['{"plan":{"result":"success","outputs":{"a":1}}}', 'plan.outputs.a'],
  ])('refuses %j', (text, found) => {
    expect(() => parseNeeds(text)).toThrow(found);
  });
});

it('a job without outputs, as act writes it and as GitHub does', () => {
  for (const outputs of ['null', '{}']) {
    const needs = parseNeeds(`{"measure": {"result": "success", "outputs": ${outputs}}}`);
    expect(needs).toEqual({ measure: { result: 'success', outputs: {} } });
  }
});
