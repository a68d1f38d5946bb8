import { describe, expect, it } from 'vitest';
import { buildPictures } from './document/pictures.ts';
import { renderDocument } from './document/render-document.ts';
import { efforts, scaleEffort } from './effort.ts';
import type { Engine, EngineAnswer } from './engine.ts';
import { listParts } from './list-parts.ts';
import { judgeMarks } from './marks/judge-marks.ts';
import { judgeShares } from './marks/mark.ts';
import { computeWilsonLimits } from './marks/wilson.ts';
import { parseOptions } from './options.ts';
import { type Outcome, select } from './parts/outcome.ts';
import { parseResults } from './results.ts';
import { tunegate } from './tunegate.ts';

const silent: EngineAnswer = {
  found: null,
  unchanged: false,
  diagnosed: false,
  p: 1,
  estimate: 1,
  interval95: [0.5, 2],
  detectableChange: 0.01,
  text: '',
};

const engineThatSays =
  (answer: Partial<EngineAnswer>): Engine =>
  (cells) =>
    cells.map(() => ({ ...silent, ...answer }));

/** The parts named, with as few repetitions as possible. */
function runTiny(engine: Engine, ...only: readonly string[]): readonly Outcome[] {
  return only.flatMap((title) => listParts(1, efforts.tiny, title).map((part) => part.run(engine)));
}

function resultsOf(outcomes: readonly Outcome[]): Readonly<Record<string, string>> {
  return Object.fromEntries(judgeMarks(outcomes).map(({ id, result }) => [id, result]));
}

describe('broken rules are caught', () => {
  it('one that always finds a regression', () => {
    const broken = engineThatSays({ found: 'up', p: 0.001, interval95: [1.1, 1.2], estimate: 1.15 });
    const outcomes = runTiny(broken, 'null: block', 'family', 'margin: block', 'stability', 'detectable: block normal');
    expect(resultsOf(outcomes)).toMatchObject({
      null: 'miss',
      family: 'miss',
      'coverage-independent': 'miss',
      'coverage-dependent': 'miss',
      quiet: 'miss',
      // Half of the changes of 1.5 margins go the other way.
      'power-beyond-margin': 'miss',
      detectable: 'miss',
      stability: 'miss',
    });
  });

  it('one that never finds anything', () => {
    const outcomes = runTiny(
      engineThatSays({}),
      'null: block',
      'power: block lower',
      'margin: block',
      'detectable: block normal',
    );
    expect(resultsOf(outcomes)).toMatchObject({
      'power-beyond-margin': 'miss',
      'power-independent': 'miss',
      'power-dependent': 'miss',
      quiet: 'miss',
      detectable: 'miss',
    });
  });

  it('one that calls everything unchanged, and one that never answers', () => {
    const unchanged = runTiny(engineThatSays({ unchanged: true }), 'margin: block lower-tail');
    expect(resultsOf(unchanged)['false-unchanged']).toBe('miss');
    const mute = runTiny(engineThatSays({ p: null, interval95: null, diagnosed: true }), 'null: sample');
    expect(resultsOf(mute)).toMatchObject({ 'coverage-independent': 'miss', diagnostics: 'miss' });
  });

  it('one whose answers depend on what it was asked before', () => {
    let asked = 0;
    const drifting: Engine = (cells) => cells.map(() => ({ ...silent, text: String(asked++) }));
    expect(resultsOf(runTiny(drifting, 'stability')).stability).toBe('miss');
  });

  it('and nothing is borne out that was not measured', () => {
    expect(new Set(Object.values(resultsOf([])))).toEqual(new Set(['open']));
  });
});

describe('marks', () => {
  const head = { id: 'id', title: 'title', limit: 'limit' };
  const judge = (count: number, of: number, limits: Parameters<typeof judgeShares>[2]) =>
    judgeShares(head, [{ name: 'case', count, of }], limits).result;

  it('are missed when a share is outside, and open when few repetitions leave it to chance', () => {
    expect(judge(120, 2000, { atMost: 0.06 })).toBe('pass');
    expect(judge(121, 2000, { atMost: 0.06 })).toBe('miss');
    expect(judge(3, 40, { atMost: 0.06 })).toBe('open');
    expect(judge(30, 40, { atMost: 0.06 })).toBe('miss');
    expect(judge(1700, 2000, { atLeast: 0.85 })).toBe('pass');
    expect(judge(1699, 2000, { atLeast: 0.85 })).toBe('miss');
  });

  it('look at the upper limit too', () => {
    // 5.8 % of 1,000: up to 7.4 %.
    expect(judge(58, 1000, { atMost: 0.06, upperAtMost: 0.07 })).toBe('miss');
    expect(judge(29, 500, { atMost: 0.06, upperAtMost: 0.07 })).toBe('open');
    expect(judge(58, 1000, { atMost: 0.06 })).toBe('pass');
  });

  it('know the interval of a share', () => {
    const [low, high] = computeWilsonLimits(5, 100);
    expect([low, high].map((limit) => Number(limit.toFixed(4)))).toEqual([0.0215, 0.1118]);
    expect(computeWilsonLimits(0, 10)[0]).toBe(0);
  });
});

describe('the program', () => {
  it('refuses what it does not know, with a sentence', () => {
    expect(parseOptions(['--fast', '--seed', '7'])).toMatchObject({ mode: 'fast', seed: 7, out: null });
    expect(() => parseOptions(['--fast', '--full'])).toThrow('exclude each other');
    expect(() => parseOptions(['--seed', 'x'])).toThrow('--seed must be a whole number from 0, found "x"');
    expect(() => parseOptions(['--quick'])).toThrow('--quick');
  });

  it('does a part of the work when asked', () => {
    expect(scaleEffort(efforts.full, 40)).toMatchObject({ null: 400, stability: 1, detectable: 160 });
  });

  it('reads its results again', () => {
    const outcomes = runTiny(
      engineThatSays({}),
      'null: sample normal',
      'nightly: spikes',
      'real: Go nights, X',
      'stability',
    );
    const text = JSON.stringify({
      schema: 'tunegate.evaluation/1',
      mode: 'tiny',
      seed: 1,
      percent: 100,
      repetitions: efforts.tiny,
      outcomes,
    });
    expect(parseResults(text, 'results.json').outcomes).toEqual(JSON.parse(JSON.stringify(outcomes)));
    expect(() => parseResults('{"schema":"other"}', 'results.json')).toThrow('results.json');
  });
});

describe('the harness with our own engine', () => {
  const outcomes = runTiny(
    tunegate,
    'null: sample normal',
    'null: block lower-tail ramp3',
    'null: deployment 0.7',
    'power: block lower-tail ramp3',
    'margin: block lower-tail, ',
    'margin: deployment 0, ',
    'detectable: deployment 0.7',
    'smallest: block quantised',
    'nightly: normal',
    'real: Go nights, Pi',
  );

  it('gives the same results for the same seed', () => {
    const again = runTiny(tunegate, 'null: block lower-tail ramp3');
    expect(again).toEqual(select(outcomes, 'null').filter(({ scenario }) => scenario === 'block lower-tail ramp3'));
  });

  it('finds what is there and misses no mark grossly', () => {
    const power = select(outcomes, 'power').find(({ scenario }) => scenario === 'block lower-tail ramp3');
    expect(power?.found.Tunegate).toBeGreaterThan(power?.found.benchstat ?? Infinity);
    const missed = judgeMarks(outcomes).filter(({ result }) => result === 'miss');
    expect(missed.map(({ id, misses }) => [id, ...misses])).toEqual([]);
  });

  it('writes a document that names every mark and shows every picture', () => {
    const pictures = buildPictures(outcomes);
    expect(pictures.map(({ name }) => name)).toEqual([
      'evaluation-null',
      'evaluation-power',
      'evaluation-verdicts',
      'evaluation-nightly',
    ]);
    const marks = judgeMarks(outcomes);
    const paths = Object.fromEntries(pictures.map(({ name }) => [name, `images/${name}.svg`]));
    const text = renderDocument(
      {
        schema: 'tunegate.evaluation/1',
        mode: 'tiny',
        seed: 1,
        percent: 100,
        repetitions: efforts.tiny,
        outcomes,
        marks,
      },
      paths,
    );
    for (const { title } of marks) expect(text).toContain(title);
    for (const path of Object.values(paths)) expect(text).toContain(`](${path})`);
    expect(text).not.toMatch(/NaN|undefined|Infinity/);
  });
});
