import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../src/comparison/comparison.schema.ts';
import type { Run, SampleLine } from '../../src/results/journal.schema.ts';
import { buildRun } from './build-run.ts';
import { compare, deepFreeze, findCell } from './compare.ts';

const latency = 'docker/bridge/tcp_rr/latency';
const side = fc.array(fc.array(fc.double({ min: 1e-5, max: 1e-3, noNaN: true }), { minLength: 2, maxLength: 2 }), {
  minLength: 5,
  maxLength: 5,
});
/** Two sides of five deployments with two samples, the second side perhaps far from the first. */
const data = fc.record({ baseline: side, candidate: side, factor: fc.constantFrom(1, 1.005, 3, 0.2) });
type Data = typeof data extends fc.Arbitrary<infer Value> ? Value : never;

function runOf({ baseline, candidate, factor }: Data): Run {
  return buildRun({
    plan: { deployments: 5 },
    value: (spot) =>
      spot.side === 'baseline'
        ? (baseline[spot.deployment]?.[spot.sample] ?? 1e-4)
        : (candidate[spot.deployment]?.[spot.sample] ?? 1e-4) * factor,
  });
}

function swapSides(run: Run): Run {
  const opposite = { baseline: 'candidate', candidate: 'baseline' } as const;
  const deployments = run.deployments.map((line) => ({ ...line, side: opposite[line.side], checks: [] }));
  return { ...run, deployments };
}

function mapValues(run: Run, change: (value: number) => number): Run {
  const samples = run.samples.map((sample): SampleLine => {
    const metrics = Object.entries(sample.metrics).map(([name, quantity]) => [
      name,
      'value' in quantity ? { ...quantity, value: change(quantity.value) } : quantity,
    ]);
    return { ...sample, metrics: Object.fromEntries(metrics) };
  });
  return { ...run, samples };
}

const cellOf = (run: Run) => findCell(compare(run), latency);
const mirrored: Partial<Record<Verdict, Verdict>> = { improved: 'regressed', regressed: 'improved' };

describe('compareRuns, whatever the data', () => {
  it('changes no input and gives the same bytes again', () => {
    fc.assert(
      fc.property(data, (values) => {
        const run = deepFreeze(runOf(values));
        expect(JSON.stringify(compare(run))).toBe(JSON.stringify(compare(run)));
      }),
      { numRuns: 30 },
    );
  });

  it('mirrors itself when the sides are swapped', () => {
    fc.assert(
      fc.property(data, (values) => {
        const run = runOf(values);
        const [there, back] = [cellOf(run), cellOf(swapSides(run))];
        expect((there.ratio?.estimate ?? NaN) * (back.ratio?.estimate ?? NaN)).toBeCloseTo(1, 10);
        expect((there.ratio?.interval95?.[0] ?? NaN) * (back.ratio?.interval95?.[1] ?? NaN)).toBeCloseTo(1, 8);
        expect(back.p).toBeCloseTo(there.p ?? NaN, 10);
        expect(back.verdict).toBe(mirrored[there.verdict] ?? there.verdict);
        expect(back.detectableChange).toBeCloseTo(there.detectableChange ?? NaN, 8);
      }),
      { numRuns: 60 },
    );
  });

  it('does not depend on the scale of the values, nor on the order of samples in a deployment', () => {
    fc.assert(
      fc.property(data, fc.double({ min: 1e-3, max: 1e3, noNaN: true }), (values, scale) => {
        const run = runOf(values);
        const cell = cellOf(run);
        const scaled = cellOf(mapValues(run, (value) => value * scale));
        expect(scaled.ratio?.estimate).toBeCloseTo(cell.ratio?.estimate ?? NaN, 9);
        expect(scaled.p).toBeCloseTo(cell.p ?? NaN, 9);
        expect(scaled.verdict).toBe(cell.verdict);
        expect(cellOf({ ...run, samples: run.samples.toReversed() })).toEqual(cell);
      }),
      { numRuns: 60 },
    );
  });

  it('never lets estimate, interval and p of a row contradict each other', () => {
    fc.assert(
      fc.property(data, (values) => {
        const { ratio, p } = cellOf(runOf(values));
        if (ratio?.interval95 == null || ratio.interval90 == null || p === null) throw new Error('expected a test');
        const [low, high] = ratio.interval95;
        expect(low).toBeLessThanOrEqual(ratio.estimate);
        expect(high).toBeGreaterThanOrEqual(ratio.estimate);
        expect(ratio.interval90[0]).toBeGreaterThanOrEqual(low);
        expect(ratio.interval90[1]).toBeLessThanOrEqual(high);
        fc.pre(Math.abs(p - 0.05) > 1e-9);
        expect(p < 0.05).toBe(low > 1 || high < 1);
      }),
      { numRuns: 100 },
    );
  });
});
