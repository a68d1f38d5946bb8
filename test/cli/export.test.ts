import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createExportCommand } from '../../cli/commands/export.ts';
import { buildComparison } from '../../src/comparison/build-comparison.ts';
import { matchGoFiles } from '../../src/comparison/match-go-files.ts';
import { parseGoBenchmarks } from '../../src/comparison/parse-go-benchmarks.ts';
import { defaultPolicy } from '../../src/comparison/policy.schema.ts';
import { parseJournal } from '../../src/results/read-journal.ts';
import { projectHome, runCommand } from './fake-surroundings.ts';

const faster = join(projectHome, 'test/fixtures/runs/faster');
const golden = JSON.parse(readFileSync(join(faster, 'comparison.json'), 'utf8'));
const journal = parseJournal(readFileSync(join(faster, 'run.jsonl'), 'utf8'), 'run.jsonl');
const measured = journal.samples.filter(({ phase, status }) => phase === 'measure' && status === 'ok');
const run = (...args: string[]) => runCommand(createExportCommand, ['export', faster, ...args]);

describe('tunegate export', () => {
  it('writes a line of Go benchmarks for each sample, which compare reads back to the same medians', async () => {
    const { stdout, exitCode } = await run('--format', 'gobench');
    expect(exitCode).toBe(0);
    expect(stdout.split('\n').filter((line) => line.startsWith('Benchmark'))).toHaveLength(measured.length);
    expect(stdout).toContain('Unit latency-s better=lower\n');
    expect(stdout).toMatch(/side: baseline\nBenchmarkTunegate\/guest=docker\/attachment=bridge\/test=tcp_rr 1 \d/);
    const parts = await Promise.all(
      ['baseline', 'candidate'].map(async (side) => (await run('--format', 'gobench', '--side', side)).stdout),
    );
    const [baseline = '', candidate = ''] = parts;
    const { cells, facts } = matchGoFiles(parseGoBenchmarks(baseline, 'a'), parseGoBenchmarks(candidate, 'b'));
    const again = buildComparison(cells, { seed: 1, policy: defaultPolicy }, facts);
    expect(again.environmentDifference).toEqual([]);
    const cell = again.cells.find(({ id }) => id.endsWith('test=tcp_rr latency-s'));
    expect(cell?.baseline.median).toBe(golden.cells[0].baseline.median);
    expect(cell?.candidate.median).toBe(golden.cells[0].candidate.median);
    // The unit says nothing of its direction, the `Unit` line does.
    expect(again.cells.find(({ metric }) => metric.name === 'transactions-1/s')?.metric.better).toBe('higher');
  });

  it('writes Bencher Metric Format with medians and intervals', async () => {
    const metrics = JSON.parse((await run('--format', 'bencher', '--side', 'candidate')).stdout);
    const { median, medianInterval95 } = golden.cells[0].candidate;
    expect(metrics['docker/bridge/tcp_rr'].latency).toEqual({
      value: median,
      lower_value: medianInterval95[0],
      upper_value: medianInterval95[1],
    });
    const both = JSON.parse((await run('--format', 'bencher')).stdout);
    expect(Object.keys(both)).toContain('baseline/docker/bridge/tcp_rr');
  });

  it('writes a row of CSV for each sample', async () => {
    const lines = (await run('--format', 'csv')).stdout.trimEnd().split('\r\n');
    expect(lines).toHaveLength(measured.length + 1);
    expect(lines[0]).toBe(
      'side,host,guest,attachment,accelerator,deployment,block,test,order,latency (s),transactions (1/s),latency_p50 (s),latency_p90 (s),latency_p99 (s),latency_max (s),loss',
    );
    expect(new Set(lines.map((line) => line.split(',').length))).toEqual(new Set([16]));
  });

  it('has help with an example, and refuses what it does not know', async () => {
    expect((await run('--help')).stdout).toContain('Example:\n  tunegate export out/a --format gobench');
    const wrong = await run('--format', 'xml');
    expect(wrong).toMatchObject({ exitCode: 2, stdout: '' });
    expect(wrong.stderr).toContain('Allowed choices are gobench, bencher, csv');
    const missing = await runCommand(createExportCommand, ['export', '/nowhere', '--format', 'csv']);
    expect(missing).toMatchObject({ exitCode: 2, stdout: '' });
  });
});
