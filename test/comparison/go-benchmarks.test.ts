import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildComparison } from '../../src/comparison/build-comparison.ts';
import { matchGoFiles } from '../../src/comparison/match-go-files.ts';
import { parseGoBenchmarks } from '../../src/comparison/parse-go-benchmarks.ts';
import { defaultPolicy } from '../../src/comparison/policy.schema.ts';

const read = (file: string) => readFileSync(new URL(`../fixtures/go/${file}`, import.meta.url), 'utf8');

function compareTexts(baseline: string, candidate: string) {
  const { cells, facts } = matchGoFiles(parseGoBenchmarks(baseline, 'a.txt'), parseGoBenchmarks(candidate, 'b.txt'));
  return buildComparison(cells, { seed: 1, policy: defaultPolicy }, facts);
}

/** The rows of benchstat's CSV: medians, the larger relative distance to the interval's ends, p to three digits. */
function readBenchstat() {
  let unit = '';
  return read('benchstat.csv')
    .split('\n')
    .flatMap((line) => {
      const columns = line.split(',');
      if (columns[0] === '' && columns[2] === 'CI') unit = columns[1] ?? '';
      const p = /^p=([\d.]+) n=10$/.exec(columns[6] ?? '')?.[1];
      if (p === undefined) return [];
      const side = (column: number) => ({
        median: Number(columns[column]),
        percent: Number((columns[column + 1] ?? '').replace('%', '')),
      });
      return [{ id: `${columns[0]} ${unit}`, baseline: side(1), candidate: side(3), p: Number(p) }];
    });
}

describe('two Go benchmark files', () => {
  const { cells, family } = compareTexts(read('old.txt'), read('new.txt'));

  it('give medians, intervals and p as benchstat does', () => {
    const rows = readBenchstat();
    expect(rows).toHaveLength(13);
    expect(cells).toHaveLength(13);
    for (const row of rows) {
      const cell = cells.find(({ id }) => id === row.id);
      expect(cell?.observation).toBe('sample');
      expect(cell?.pMethod).toBe('exact-mann-whitney');
      expect(Math.abs((cell?.p ?? NaN) - row.p)).toBeLessThanOrEqual(0.000_5 + 1e-12);
      for (const side of ['baseline', 'candidate'] as const) {
        const { median, medianInterval95 } = cell?.[side] ?? {};
        expect(median).toBeCloseTo(row[side].median, 12 - Math.floor(Math.log10(row[side].median)));
        const distances = (medianInterval95 ?? []).map((end) => Math.abs(end / row[side].median - 1) * 100);
        expect(Math.abs(Math.max(...distances) - row[side].percent)).toBeLessThanOrEqual(0.5 + 1e-9);
      }
    }
    expect(rows.some(({ p }) => p > 0.05 && p < 0.95)).toBe(true);
    expect(family.regressed).toBe(0);
  });

  it('know which direction is better', () => {
    const better = (unit: string) =>
      cells.filter(({ metric }) => metric.unit === unit).map(({ metric }) => metric.better);
    expect(new Set(['sec/op', 'B/op', 'allocs/op'].flatMap(better))).toEqual(new Set(['lower']));
    expect(new Set(better('B/s'))).toEqual(new Set(['higher']));
  });

  it('lists what only one side has, and what the configuration lines say differently', () => {
    const left = 'goos: linux\nBenchmarkA 1 5 ns/op\nBenchmarkB 1 5 ns/op\nkernel: 6.1\n';
    const comparison = compareTexts(left, 'goos: linux\nkernel: 6.9\nBenchmarkA 1 5 ns/op 3 queries/s\n');
    expect(comparison.warnings).toEqual(['B is missing in the candidate.']);
    expect(comparison.environmentDifference).toEqual([
      { scope: 'host', key: 'kernel', baseline: '6.1', candidate: '6.9', declared: false },
    ]);
    expect(comparison.cells.map(({ id, verdict, metric }) => [id, verdict, metric.better])).toEqual([
      ['A sec/op', 'invalid', 'lower'],
      ['B sec/op', 'invalid', 'lower'],
      ['A queries/s', 'invalid', 'higher'],
    ]);
  });
});

describe('parseGoBenchmarks', () => {
  it('reads several units of a line in base units and skips what is no result', () => {
    const text = [
      'pkg: example.com/a',
      '=== RUN   BenchmarkX',
      'BenchmarkX',
      'BenchmarkX-8 \t 500\t 2402 ns/op\t 12.5 MB/s\t 1.5 p99-ns/op',
      'Benchmarking is fun',
      'PASS',
      'ok  \texample.com/a\t1.2s',
    ].join('\n');
    const { results, configuration } = parseGoBenchmarks(text, 'x.txt');
    expect(results).toEqual([
      { name: 'X-8', unit: 'sec/op', values: [2402e-9] },
      { name: 'X-8', unit: 'B/s', values: [12.5e6] },
      { name: 'X-8', unit: 'p99-ns/op', values: [1.5] },
    ]);
    expect(configuration).toEqual(new Map([['pkg', new Set(['example.com/a'])]]));
  });

  const wrong = [
    ['no results', 'goos: linux\nPASS\n', 'x.txt: found no line of benchmark results'],
    ['no value', 'BenchmarkX 1\n', 'x.txt:1: expected pairs of value and unit after the iterations, found ""'],
    ['half a pair', 'BenchmarkX 1 5\n', 'x.txt:1: expected pairs'],
    ['text', '\nBenchmarkX 1 NaN ns/op\n', 'x.txt:2: a value of ns/op must be a finite number, found "NaN"'],
    ['no iterations', 'BenchmarkX 1.5 5 ns/op\n', 'x.txt:1: iterations must be a whole number, found "1.5"'],
  ] as const;
  it.each(wrong)('%s is an error that names the line', (_, text, message) => {
    expect(() => parseGoBenchmarks(text, 'x.txt')).toThrow(message);
  });
});
