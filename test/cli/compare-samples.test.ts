import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCompareCommand } from '../../cli/commands/compare.ts';
import { comparisonSchema } from '../../src/comparison/comparison.schema.ts';
import { listNumbers } from '../comparison/compare.ts';
import { runCommand } from './fake-surroundings.ts';

let scratch = '';
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'tunegate-samples-'));
});
afterAll(() => rmSync(scratch, { recursive: true }));

type Values = readonly (number | string | null)[];

/** Deployments of a side, one list of values each. */
function side(lists: readonly Values[]) {
  return lists.map((values, index) => ({ deployment: `d${index + 1}`, block: index + 1, values }));
}

function cell(baseline: readonly Values[], candidate: readonly Values[], more: object = {}) {
  const metric = { name: 'latency', unit: 's', better: 'lower' };
  return { id: 'a', metric, baseline: side(baseline), candidate: side(candidate), ...more };
}

function compareText(text: string, ...flags: string[]) {
  const file = join(scratch, 'samples.json');
  writeFileSync(file, text);
  return runCommand(createCompareCommand, ['compare', '--samples', file, ...flags]);
}

const compareCellsOf = (cells: readonly object[], ...flags: string[]) =>
  compareText(JSON.stringify({ schema: 'tunegate.samples/1', cells }), ...flags);

async function judge(...cells: readonly object[]) {
  const { stdout, exitCode, stderr } = await compareCellsOf(cells, '--json');
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return comparisonSchema.parse(JSON.parse(stdout));
}

const steady: readonly Values[] = [
  [1.01, 1],
  [1, 1.02],
  [0.99, 1.01],
  [1, 1.005],
];
const slower = steady.map((values) => values.map((value) => Number(value) * 1.5));
const flat = (values: readonly Values[]) => [values.flat()];

describe('compare --samples', () => {
  it('prints a comparison without context, path or time, the same bytes each time', async () => {
    const first = await compareCellsOf([cell(steady, slower)], '--json');
    expect((await compareCellsOf([cell(steady, slower)], '--json')).stdout).toBe(first.stdout);
    const comparison = comparisonSchema.parse(JSON.parse(first.stdout));
    expect(comparison).toMatchObject({ seed: 1, context: null, family: { verdict: 'regressed', decidable: 1 } });
    expect(comparison.cells[0]).toMatchObject({ observation: 'deployment', pMethod: 'welch-deployments' });
    expect(first.stdout).not.toContain(scratch);
    expect(JSON.parse((await compareCellsOf([cell(steady, slower)], '--json', '--seed', '9')).stdout).seed).toBe(9);
  });

  it('shows people a table, and gates', async () => {
    const { stdout, exitCode } = await compareCellsOf([cell(steady, slower)], '--gate');
    expect(stdout).toContain('Regressed: candidate against baseline');
    expect(exitCode).toBe(3);
  });

  it('takes margins of any cell and metric from a policy', async () => {
    const policy = join(scratch, 'policy.yaml');
    writeFileSync(policy, 'margins: { latency: 0.9, any/name: 0.5 }\n');
    const { stdout } = await compareCellsOf([cell(steady, slower)], '--json', '--policy', policy);
    expect(JSON.parse(stdout).family.verdict).toBe('unchanged');
  });

  it('knows the rules sample and block', async () => {
    const { cells } = await judge(
      cell(flat(steady), flat(slower), { id: 's', observation: 'sample' }),
      cell(steady, slower, { id: 'b', observation: 'block' }),
    );
    expect(cells[0]).toMatchObject({ pMethod: 'exact-mann-whitney', verdict: 'regressed', baseline: { n: 8 } });
    expect(cells[1]).toMatchObject({ pMethod: 'aligned-rank', verdict: 'regressed' });
    // 6 of 1 + 5 allocations a block, 4 blocks: both fully separated orders of 1296.
    expect(cells[1]?.p).toBeCloseTo(2 / 1296, 12);
  });

  it('merges entries of one deployment, and leaves a cell to the role it names', async () => {
    const parts = steady.flatMap((values, index) =>
      values.map((value) => ({ deployment: `d${index}`, values: [value] })),
    );
    const { cells } = await judge(
      { ...cell(steady, slower), baseline: parts, role: 'secondary' },
      cell(steady, slower, { id: 'b' }),
    );
    expect(cells[0]).toMatchObject({ role: 'secondary', baseline: { n: 8, deployments: 4 } });
    expect(cells[0]?.ratio).toEqual(cells[1]?.ratio);
  });
});

describe('data at the edge', () => {
  const same: readonly Values[] = [[2], [2], [2], [2]];
  const sample = { observation: 'sample' };
  const block = { observation: 'block' };
  const cases: readonly (readonly [string, object, string, RegExp])[] = [
    ['all equal', cell(same, same), 'unchanged', /90 % interval .* inside/],
    ['all equal, by sample', cell(flat(same), flat(same), sample), 'unchanged', /inside/],
    ['all equal, by block', cell([...same, ...same], [...same, ...same], block), 'unchanged', /inside/],
    ['all equal, few blocks', cell(same, same, block), 'inconclusive', /^needs at least 6 blocks of this size$/],
    ['constant, and another constant', cell(same, [[3], [3], [3], [3]]), 'inconclusive', /no standard error/],
    ['one sample', cell([[1]], [[2]]), 'inconclusive', /^needs at least 4 fresh starts per side$/],
    ['one sample, by sample', cell([[1]], [[2]], sample), 'inconclusive', /^needs at least 4 samples per side$/],
    ['one block', cell([[1]], [[2]], block), 'inconclusive', /^needs at least 6 blocks of this size$/],
    ['one deployment', cell([[1, 2, 3]], [[1, 2, 3]]), 'inconclusive', /^needs at least 4 fresh starts/],
    ['zeros', cell([[0], [0], [0], [0]], [[0], [0], [0], [0]]), 'unchanged', /same median/],
    ['zeros, by sample', cell([[0, 0, 0, 0]], [[0, 0, 0, 0]], sample), 'unchanged', /every value .* the same/],
    ['some zeros', cell([[0], [1], [0], [2]], [[0], [1], [3], [0]]), 'inconclusive', /no difference is shown/],
    ['negatives', cell([[-1], [-2], [-1.5], [-1]], [[9], [8], [9.5], [9]]), 'regressed', /no chance/],
    ['1e308', cell([[1e308], [1e308], [1.1e308], [1e308]], [[1], [2], [1], [2]]), 'improved', /exceeds the margin/],
    ['1e308 and below zero', cell([[1e308], [-1e308]], [[1], [2]]), 'inconclusive', /too large/],
    ['1e308 by sample', cell([[1e308, 2, 3, 4]], [[1e308, -1e308, 1, 2]], sample), 'inconclusive', /too large/],
    ['the smallest number', cell([[5e-324], [5e-324], [5e-324], [1e-323]], steady), 'regressed', /millionfold/],
    ['unequal sides', cell([...steady, ...steady], slower), 'regressed', /exceeds the margin/],
    ['a side without entries', cell(steady, []), 'inconclusive', /^no measured sample of the candidate$/],
    ['a side without values', cell(steady, [[], []]), 'inconclusive', /^no measured sample of the candidate$/],
    ['no block with both sides', cell([[1], []], [[], [2]], block), 'inconclusive', /^no block has both sides$/],
  ];
  it.each(cases)('%s: a clear verdict, no number that is none', async (_, data, verdict, reason) => {
    // A cell beside it, so that there is always something to compare.
    const comparison = await judge(data, cell(steady, steady, { id: 'beside', role: 'secondary' }));
    const { cells } = comparison;
    expect(cells[0]?.verdict).toBe(verdict);
    expect(cells[0]?.reason).toMatch(reason);
    expect(listNumbers(comparison).every(Number.isFinite)).toBe(true);
    expect(JSON.stringify(comparison)).not.toMatch(/NaN|Infinity/);
  });

  const document = (entry: object, more: object = {}) =>
    JSON.stringify({ schema: 'tunegate.samples/1', cells: [{ ...cell(steady, steady), candidate: [entry], ...more }] });
  const wrong: readonly (readonly [string, string, string])[] = [
    [
      'text NaN',
      document({ deployment: 'd', values: [1, 'NaN'] }),
      'cells[0].candidate[0].values[1] must be a finite number, found "NaN"',
    ],
    ['null', document({ deployment: 'd', values: [null] }), 'values[0] must be a finite number, found nothing'],
    [
      'too large a number',
      document({ deployment: 'd', values: [1] }).replace('[1]', '[1e999]'),
      'must be a finite number, found Infinity',
    ],
    ['bare NaN', document({ deployment: 'd', values: [1] }).replace('[1]', '[NaN]'), 'this is no JSON'],
    ['no list', document({ deployment: 'd', values: 7 }), 'values must be a list of numbers, found 7'],
    ['no values', document({ deployment: 'd' }), 'cells[0].candidate[0].values is missing'],
    ['no deployment', document({ values: [1] }), 'cells[0].candidate[0].deployment is missing'],
    ['no block', document({ deployment: 'd', values: [1] }, block), 'cells[0].candidate[0].block is missing'],
    [
      'a missing metric',
      document({ deployment: 'd', values: [1] }, { metric: undefined }),
      'cells[0].metric is missing',
    ],
    [
      'a missing side',
      document({ deployment: 'd', values: [1] }, { baseline: undefined }),
      'cells[0].baseline is missing',
    ],
    ['an unknown key', document({ deployment: 'd', value: [1], values: [1] }), 'unknown key "value"'],
    [
      'an unknown observation',
      document({ deployment: 'd', values: [1] }, { observation: 'samples' }),
      'cells[0].observation must be deployment, block or sample, found "samples"',
    ],
    [
      'another schema',
      '{"schema":"tunegate.run/1","cells":[]}',
      'schema must be tunegate.samples/1, found "tunegate.run/1"',
    ],
    ['no cells', '{"schema":"tunegate.samples/1","cells":[]}', 'cells must be a list of one or more'],
    ['no document', '[]', 'the file must be a mapping'],
    [
      'an id twice',
      JSON.stringify({ schema: 'tunegate.samples/1', cells: [cell(steady, steady), cell(steady, steady)] }),
      'cells[1].id must be unique, found "a" a second time',
    ],
  ];
  it.each(wrong)('%s is exit 2 and one sentence', async (_, text, message) => {
    const { stdout, stderr, exitCode } = await compareText(text, '--json');
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
    expect(stderr).toContain(message);
    expect(stderr).toContain('samples.json: ');
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('nothing to compare is exit 1, with the document all the same', async () => {
    const { stdout, exitCode } = await compareCellsOf([cell(steady, [])], '--json');
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout).cells[0].verdict).toBe('inconclusive');
  });
});
