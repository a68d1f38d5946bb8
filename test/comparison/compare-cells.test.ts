import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CellData, SampleEntry } from '../../src/comparison/cell-data.ts';
import { compareCells } from '../../src/comparison/compare-cells.ts';
import type { ComparisonCell, Verdict } from '../../src/comparison/comparison.schema.ts';
import { defaultPolicy, type Policy } from '../../src/comparison/policy.schema.ts';
import { deepFreeze } from './compare.ts';
import { type CellShape, simulateCell } from './simulate-cells.ts';

const options = { seed: 1, policy: defaultPolicy };
const compareOne = (cell: CellData, policy: Policy = defaultPolicy): ComparisonCell => {
  const [judged] = compareCells([cell], { seed: 1, policy }).cells;
  if (judged === undefined) throw new Error('expected a cell');
  return judged;
};

const shape = fc.record({
  observation: fc.constantFrom('sample' as const, 'block' as const, 'deployment' as const),
  groups: fc.integer({ min: 4, max: 6 }),
  perGroup: fc.integer({ min: 1, max: 4 }),
  shape: fc.constantFrom('normal' as const, 'skewed' as const, 'modes' as const),
  deviation: fc.constantFrom(0.002, 0.02, 0.2),
  shift: fc.constantFrom(0, 0.01, 0.5),
  seed: fc.integer({ min: 0, max: 1e6 }),
});
type Shape = typeof shape extends fc.Arbitrary<infer Value> ? Value : never;

const build = ({ shift, seed, ...cell }: Shape): CellData =>
  simulateCell(`cell ${seed}`, { ...cell, effect: ({ side }) => (side === 'candidate' ? shift : 0) });
const mirrored: Partial<Record<Verdict, Verdict>> = { improved: 'regressed', regressed: 'improved' };
const scale = (entries: readonly SampleEntry[], factor: number) =>
  entries.map((entry) => ({ ...entry, values: entry.values.map((value) => value * factor) }));

describe('compareCells, whatever the data', () => {
  it('modifies nothing, and gives the same bytes again', () => {
    fc.assert(
      fc.property(shape, (data) => {
        const cells = deepFreeze([build(data)]);
        expect(JSON.stringify(compareCells(cells, options))).toBe(JSON.stringify(compareCells(cells, options)));
      }),
      { numRuns: 15 },
    );
  });

  it('changes the sign and nothing else when the sides are swapped', () => {
    fc.assert(
      fc.property(shape, (data) => {
        const cell = build(data);
        const [there, back] = [
          compareOne(cell),
          compareOne({ ...cell, baseline: cell.candidate, candidate: cell.baseline }),
        ];
        expect(back.p).toBeCloseTo(there.p ?? NaN, 10);
        expect((there.ratio?.estimate ?? NaN) * (back.ratio?.estimate ?? NaN)).toBeCloseTo(1, 9);
        for (const interval of ['interval95', 'interval90'] as const) {
          const [low, high] = [there.ratio?.[interval]?.[0], back.ratio?.[interval]?.[1]];
          if (low === undefined || high === undefined) expect(low).toBe(high);
          else expect(low * high).toBeCloseTo(1, 8);
        }
        expect(back.verdict).toBe(mirrored[there.verdict] ?? there.verdict);
        expect(back.detectableChange === null).toBe(there.detectableChange === null);
        if (there.detectableChange !== null) expect(back.detectableChange).toBeCloseTo(there.detectableChange, 6);
        expect(back.spread.p).toBe(there.spread.p);
        if (there.spread.ratio !== null) expect(there.spread.ratio * (back.spread.ratio ?? NaN)).toBeCloseTo(1, 9);
        const [low = 1] = there.spread.interval95 ?? [];
        expect(low * (back.spread.interval95?.[1] ?? 1)).toBeCloseTo(1, 8);
        const kinds = (judged: ComparisonCell) => judged.diagnostics?.map(({ kind, fired, p }) => ({ kind, fired, p }));
        expect(kinds(back)).toEqual(kinds(there));
      }),
      { numRuns: 40 },
    );
  });

  it('gives a cell the same figures wherever it stands', () => {
    fc.assert(
      fc.property(fc.array(shape, { minLength: 2, maxLength: 4 }), (data) => {
        const cells = data.map((entry, index) => ({ ...build(entry), id: `docker/bridge/${index}` }));
        const there = compareCells(cells, options);
        const back = compareCells(cells.toReversed(), options);
        expect(back.cells.toReversed()).toEqual(there.cells);
        expect(back.headlines).toEqual(there.headlines);
      }),
      { numRuns: 15 },
    );
  });

  it('does not depend on the scale of the values', () => {
    fc.assert(
      fc.property(shape, fc.constantFrom(1024, 2 ** -20), (data, factor) => {
        const cell = build(data);
        const [small, large] = [
          compareOne(cell),
          compareOne({ ...cell, baseline: scale(cell.baseline, factor), candidate: scale(cell.candidate, factor) }),
        ];
        expect(large.p).toBeCloseTo(small.p ?? NaN, 9);
        expect(large.ratio?.estimate).toBeCloseTo(small.ratio?.estimate ?? NaN, 9);
        expect(large.verdict).toBe(small.verdict);
      }),
      { numRuns: 20 },
    );
  });
});

const sample: CellShape = { observation: 'sample', groups: 1, perGroup: 20, deviation: 0.002, shape: 'normal' };
const shifted = (factor: number): CellShape => ({
  ...sample,
  effect: ({ side }) => (side === 'candidate' ? Math.log(factor) : 0),
});

describe('margins', () => {
  const cell = simulateCell('learning', shifted(1.04));
  const ratios = (count: number, largest: number) =>
    Array.from({ length: count }, (_, index) => (index === 3 ? 1 / largest : 1.001));

  it('are learned from 30 A/A comparisons on, provisional below, and never under the floor', () => {
    const learn = (list: readonly number[]) => compareOne({ ...cell, history: { deployments: [], ratios: list } });
    expect(compareOne(cell)).toMatchObject({ margin: { value: 0.02, source: 'policy' }, verdict: 'regressed' });
    const learned = learn(ratios(30, 1.06));
    expect(learned.margin?.value).toBeCloseTo(0.06, 12);
    expect(learned).toMatchObject({ margin: { source: 'learned' }, verdict: 'unchanged' });
    expect(learn(ratios(29, 1.06)).margin?.source).toBe('provisional');
    expect(learn(ratios(30, 1.01)).margin).toEqual({ value: 0.02, source: 'policy' });
    // Only the last 59 count.
    expect(learn(ratios(63, 1.06)).margin).toEqual({ value: 0.02, source: 'policy' });
  });

  it('take the history of the policy where the cell has none', () => {
    const policy = { ...defaultPolicy, history: { learning: { deployments: [], ratios: ratios(40, 1.06) } } };
    expect(compareOne(cell, policy).margin?.source).toBe('learned');
  });
});

describe('the rule deployment with a history', () => {
  const history = {
    deployments: Array.from({ length: 40 }, (_, night) => 1e-4 * (1 + 0.004 * Math.sin(night * 2.4))),
    ratios: [],
  };
  const few: CellShape = { ...shifted(1.1), observation: 'deployment', groups: 2, perGroup: 3 };

  it('takes its variance, so that two fresh starts a side are enough', () => {
    expect(compareOne(simulateCell('few', few)).reason).toBe('needs at least 4 fresh starts per side');
    const judged = compareOne(simulateCell('few', few, { history }));
    expect(judged).toMatchObject({ pMethod: 'plugin-deployments', verdict: 'regressed' });
    expect(judged.detectableChange).toBeGreaterThan(0);
    const one = compareOne(simulateCell('few', { ...few, groups: 1 }, { history }));
    expect(one.reason).toBe('needs at least 2 fresh starts per side');
    const short = { ...history, deployments: history.deployments.slice(0, 29) };
    expect(compareOne(simulateCell('few', few, { history: short })).pMethod).toBeNull();
  });

  it('draws from it where it is not normal, so that a start in another mode is no finding', () => {
    const modes = {
      deployments: Array.from(
        { length: 40 },
        (_, night) => 1e-4 * (night % 4 === 0 ? 1.05 : 1) * (1 + 1e-4 * (night % 7)),
      ),
      ratios: [],
    };
    const put = (...medians: number[]) =>
      medians.map((median, start) => ({ deployment: `d${start}`, values: [1e-4 * median, 1e-4 * median * 1.0001] }));
    const judge = (candidate: CellData['candidate'], more: Partial<CellData> = {}) =>
      compareOne({ ...simulateCell('modes', few), baseline: put(1, 1.0003), candidate, history: modes, ...more });
    const judged = judge(put(1.0492, 1.0491));
    // 1 of 16 draws has both starts of a side in the upper mode, half of the others none: as far in about a fourteenth.
    expect(judged).toMatchObject({ pMethod: 'empirical-deployments', verdict: 'inconclusive' });
    expect(judged.p).toBeGreaterThan(0.05);
    expect(judged.ratio?.interval95?.[0]).toBeLessThan(1);
    expect(judge(put(1.1502, 1.1501))).toMatchObject({ p: 0.00001, verdict: 'regressed' });
    const swapped = judge(put(1, 1.0003), { baseline: put(1.0492, 1.0491) });
    expect(swapped).toMatchObject({ p: judged.p, detectableChange: judged.detectableChange });
  });
});

describe('what a cell needs', () => {
  it('depends on the number of primary cells', () => {
    const cells = Array.from({ length: 48 }, (_, index) => simulateCell(`c${index}`, { ...shifted(1.5), perGroup: 5 }));
    const { family, cells: judged } = compareCells(cells, options);
    // 2 / (12 choose 6) is 0.0022, above 0.05 / 48; 2 / (14 choose 7) is 0.00058.
    expect(family).toMatchObject({ decidable: 0, needs: 'needs at least 7 samples per side', inconclusive: 48 });
    expect(judged[0]?.reason).toBe('needs at least 7 samples per side');
    const enough = compareCells(cells.slice(0, 1), options);
    expect(enough.family).toMatchObject({ decidable: 1, needs: null, regressed: 1 });
  });
});

describe('over several cells', () => {
  const guest = (name: string, factor: number) =>
    simulateCell(`${name}/bridge/tcp_rr/latency`, {
      observation: 'deployment',
      groups: 5,
      perGroup: 2,
      deviation: 0.003,
      shape: 'normal',
      effect: ({ side }) => Math.log(factor) + (side === 'candidate' ? Math.log(1.012) : 0),
    });
  const { headlines, guestRatios, cells } = compareCells(
    [guest('docker', 1), guest('qemu', 3), guest('bare', 0.5)],
    options,
  );

  it('a headline finds what no row can', () => {
    expect(headlines).toHaveLength(1);
    expect(headlines[0]).toMatchObject({
      test: 'tcp_rr',
      metric: { name: 'latency' },
      cells: 3,
      pMethod: 'aligned-rank',
    });
    expect(headlines[0]?.p).toBeLessThan(Math.min(...cells.map(({ p }) => p ?? 1)));
    expect(headlines[0]?.ratio.estimate).toBeCloseTo(1.012, 2);
  });

  it('guests are ratios of each other on each side, with intervals', () => {
    expect(guestRatios.map(({ guest, reference, side }) => `${guest}/${reference} ${side}`)).toEqual([
      'docker/qemu baseline',
      'docker/qemu candidate',
      'docker/bare baseline',
      'docker/bare candidate',
      'qemu/bare baseline',
      'qemu/bare candidate',
    ]);
    const [, , docker] = guestRatios;
    expect(docker?.ratio.estimate).toBeCloseTo(2, 1);
    const [low = 0, high = 0] = docker?.ratio.interval95 ?? [];
    expect(low).toBeGreaterThan(1.97);
    expect(high).toBeLessThan(2.03);
    expect(docker?.p).toBeLessThan(1e-6);
  });
});
