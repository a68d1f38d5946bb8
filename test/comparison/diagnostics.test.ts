import { describe, expect, it } from 'vitest';
import type { CellData } from '../../src/comparison/cell-data.ts';
import { compareCells } from '../../src/comparison/compare-cells.ts';
import type { ComparisonCell, Diagnostic } from '../../src/comparison/comparison.schema.ts';
import { defaultPolicy } from '../../src/comparison/policy.schema.ts';
import { normalQuantile } from '../../src/statistics/normal.ts';
import { type CellShape, simulateCell } from './simulate-cells.ts';

/** A family of its own. */
function judge(cell: CellData): ComparisonCell {
  const [judged] = compareCells([cell], { seed: 1, policy: defaultPolicy }).cells;
  if (judged === undefined) throw new Error('expected a cell');
  return judged;
}

const listFired = ({ diagnostics = [] }: ComparisonCell) =>
  diagnostics.filter(({ fired }) => fired).map(({ kind }) => kind);

/** A fifth of the margin of 2 %. */
const quiet = Math.log(1.02) / 5;

const sample: CellShape = { observation: 'sample', groups: 1, perGroup: 20, deviation: quiet, shape: 'normal' };
const designs: readonly (readonly [string, CellShape])[] = [
  ['samples', sample],
  ['skewed samples', { ...sample, shape: 'skewed' }],
  ['samples in two modes', { ...sample, shape: 'modes' }],
  ['few samples', { ...sample, perGroup: 8 }],
  ['blocks', { ...sample, observation: 'block', groups: 5, perGroup: 4 }],
  ['fresh starts', { ...sample, observation: 'deployment', groups: 5, perGroup: 4 }],
  ['skewed fresh starts', { ...sample, observation: 'deployment', groups: 10, perGroup: 2, shape: 'skewed' }],
];

describe('diagnostics on independent data without drift', () => {
  const count = 100;
  const judged = designs.map(([name, shape]) => ({
    name,
    cells: Array.from({ length: count }, (_, index) => judge(simulateCell(`${name} ${index}`, shape))),
  }));

  it('make at most 5 % of the cells inconclusive, all together', () => {
    const all = judged.flatMap(({ cells }) => cells);
    const fired = all.filter((cell) => listFired(cell).length > 0);
    expect(fired.length).toBeGreaterThan(0);
    expect(fired.length / all.length).toBeLessThanOrEqual(0.05);
  });

  it.each(judged)('leave at least 85 % of quiet A/A cells unchanged: $name', ({ cells }) => {
    expect(cells.filter(({ verdict }) => verdict === 'unchanged').length).toBeGreaterThanOrEqual(0.85 * count);
    expect(cells.filter(({ verdict }) => verdict === 'improved' || verdict === 'regressed')).toEqual([]);
  });

  it('never make a verdict better', () => {
    for (const cell of judged.flatMap(({ cells }) => cells)) {
      const expected = listFired(cell).length > 0 ? 'inconclusive' : cell.verdictBeforeDiagnostics;
      expect(cell.verdict).toBe(expected);
    }
  });
});

const interleaved: CellShape = { ...sample, groups: 20, perGroup: 1, observation: 'sample' };
const shared = (groups: number, add: (group: number) => number): CellShape => ({
  ...interleaved,
  groups,
  effect: ({ group }) => add(group),
});
const walk = [0, 1, 2, 3, 3, 2, 1, 0, 0, 1, 2, 3, 3, 2, 1, 0, 0, 1, 2, 3];

/** Medians of fresh starts, as normal as can be. */
const normalHistory = (deviation: number) => ({
  deployments: Array.from({ length: 40 }, (_, night) => Math.exp(deviation * normalQuantile((night + 0.5) / 40))),
  ratios: [],
});
const starts: CellShape = { ...sample, observation: 'deployment', groups: 5, perGroup: 4 };

/** A difference of 3.2 % among starts that scatter by 3.3 %: less than 2.6 times the variance of the history. */
const contradiction: CellData = {
  ...simulateCell('contradiction', { ...starts, groups: 4 }),
  baseline: [0.03, -0.027, 0.027, -0.03].map((log, start) => ({ deployment: `b${start}`, values: [Math.exp(log)] })),
  candidate: [-0.027, 0.03, -0.03, 0.027].map((log, start) => ({
    deployment: `c${start}`,
    values: [Math.exp(log + 0.032)],
  })),
  history: normalHistory(0.02),
};

const faults: readonly (readonly [Diagnostic['kind'], CellData, RegExp])[] = [
  [
    'drift',
    simulateCell(
      'drift',
      shared(20, (group) => group * quiet),
    ),
    /values rise in the course of the run/,
  ],
  [
    'autocorrelation',
    simulateCell(
      'waves',
      shared(20, (group) => 3 * quiet * (walk[group] ?? 0)),
    ),
    /values resemble those measured just before/,
  ],
  [
    'order effect',
    simulateCell('order', { ...interleaved, effect: ({ order }) => (order % 2) * 5 * quiet }),
    /it matters which side of a block comes first/,
  ],
  [
    'modes',
    simulateCell('modes', {
      ...interleaved,
      deviation: quiet / 4,
      effect: ({ side, group }) => (side === 'candidate' && group % 2 === 0 && group < 18 ? 0.015 : 0),
    }),
    /two modes, in the upper one are 0 % of the baseline and 45 % of the candidate/,
  ],
  [
    'noise regime',
    simulateCell(
      'regime',
      { ...sample, observation: 'deployment', groups: 5 },
      {
        history: { deployments: Array.from({ length: 40 }, (_, night) => 1e-4 * (1 + 1e-4 * (night % 7))), ratios: [] },
      },
    ),
    /scatter [\d.]+ times as much as the history/,
  ],
  [
    'noise regime',
    simulateCell('inside', starts, { history: { ...normalHistory(quiet), spreads: Array(30).fill(quiet / 12) } }),
    /^noise regime: the values inside of a fresh start scatter [\d.]+ times as much as in the history of this cell$/,
  ],
  [
    'noise regime',
    contradiction,
    /^noise regime: the history makes of the difference p 0\.0[23]\d*, the fresh starts alone p 0\.2\d*$/,
  ],
];

describe('the noise regime', () => {
  const spreads = (factor: number) => ({ ...normalHistory(quiet), spreads: Array(30).fill(factor * quiet) });
  const inside = (factor: number) =>
    judge(simulateCell('inside', starts, { history: spreads(factor) })).diagnostics?.find(
      ({ kind }) => kind === 'noise regime',
    );

  it('is another one from twice the scatter inside of the fresh starts on', () => {
    const found = /scatter ([\d.]+) times/.exec(inside(0.05)?.finding ?? '')?.[1];
    const usual = 0.05 * Number(found);
    expect(inside(usual / 1.9)?.fired).toBe(false);
    expect(inside(usual / 2.1)?.fired).toBe(true);
  });

  it('needs 30 earlier deployments to say so', () => {
    const history = { ...normalHistory(quiet), spreads: Array(29).fill(quiet / 100) };
    expect(judge(simulateCell('inside', starts, { history })).verdict).toBe('unchanged');
  });

  it('does not contradict where the starts alone would need more of their own', () => {
    const fewer = { baseline: contradiction.baseline.slice(0, 3), candidate: contradiction.candidate.slice(0, 3) };
    expect(listFired(judge({ ...contradiction, ...fewer }))).toEqual([]);
  });
});

describe('each diagnostic', () => {
  it.each(faults)('%s makes the verdict inconclusive and says why', (kind, cell, finding) => {
    const judged = judge(cell);
    expect(listFired(judged)).toContain(kind);
    expect(judged.verdictBeforeDiagnostics).not.toBe('inconclusive');
    expect(judged.verdict).toBe('inconclusive');
    expect(judged.reason).toContain(`${kind}: `);
    expect(judged.reason).toMatch(finding);
  });

  it('counts what failed: unequal between the sides, or more than a tenth', () => {
    const fail = (baseline: number, candidate: number) => {
      const cell = simulateCell('quiet', sample);
      const add = (failed: number) => (entry: CellData['baseline'][number]) => ({ ...entry, failed });
      return judge({
        ...cell,
        baseline: cell.baseline.map(add(baseline)),
        candidate: cell.candidate.map(add(candidate)),
      });
    };
    expect(fail(0, 0)).toMatchObject({ verdict: 'unchanged' });
    expect(fail(1, 1)).toMatchObject({ verdict: 'unchanged' });
    expect(fail(1, 0).reason).toBe('missing samples: 1 of 21 of the baseline and 0 of 20 of the candidate are missing');
    expect(fail(3, 3).reason).toContain('3 of 23 of the baseline');
  });

  it('takes back a finding that is none without a far-out value', () => {
    const cell = (baseline: readonly number[], candidate: readonly number[]): CellData => ({
      ...simulateCell('outliers', sample),
      baseline: [{ deployment: 'b', values: baseline }],
      candidate: [{ deployment: 'c', values: candidate }],
    });
    const judged = judge(cell([1.04, 1, 1.1, 1.02, 1.06], [1.11, 5, 1.09, 1.12, 1.095]));
    expect(judged.p).toBeCloseTo(8 / 252, 12);
    expect(judged.sensitivity).toMatchObject({ baseline: 0, candidate: 1, verdict: 'inconclusive' });
    expect(judged.sensitivity?.pAdjusted).toBeCloseTo(8 / 126, 12);
    expect(judged).toMatchObject({ verdictBeforeDiagnostics: 'regressed', verdict: 'inconclusive' });
    expect(judged.reason).toMatch(/^outliers: without 1 far-out value \(0 of the baseline, 1 of the candidate\)/);
    expect(judge(cell([1.04, 1, 1.1, 1.02, 1.06], [1.11, 1.13, 1.09, 1.12, 1.095])).sensitivity).toBeUndefined();
  });
});
