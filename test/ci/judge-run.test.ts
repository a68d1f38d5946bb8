import { describe, expect, it } from 'vitest';
import type { Run } from '../../src/results/journal.schema.ts';
import { buildRun, type RunShape, verified } from '../comparison/build-run.ts';
import { compare } from '../comparison/compare.ts';
import { judgeRun } from './judge-run.ts';

function judge(shape: Partial<RunShape> = {}, change: Partial<Run> = {}) {
  const run = { ...buildRun(shape), ...change };
  return judgeRun(run, compare(run));
}

describe('judgeRun', () => {
  it('finds no fault with a complete, proven run', () => {
    expect(judge()).toEqual([]);
  });

  it('wants the run to be complete', () => {
    const end = { kind: 'run-end', time: '2026-01-02T03:04:05.000Z', status: 'partial', reason: 'x' } as const;
    expect(judge({}, { end })).toContain('the run ended as partial, not complete');
    expect(judge({}, { end: null })).toContain('the run ended as nothing, not complete');
  });

  it('wants every setting proven, and at least one to prove', () => {
    const mismatch = { ...verified, found: 'Cpus_allowed_list 0-1', result: 'mismatch' } as const;
    const faults = judge({ checks: (side) => (side === 'candidate' ? [mismatch, verified] : []) });
    expect(faults).toContain('guest.docker.cpuset: mismatch, 1, found Cpus_allowed_list 0-1');
    expect(judge({ checks: () => [] })).toContain('no setting was verified');
  });

  it('wants nothing left out, and every cell in the comparison', () => {
    const unsupported = [{ guest: 'docker', attachment: 'bridge', test: null, reason: 'no dockerd' } as const];
    expect(judge({ plan: { unsupported } })).toContain('docker/bridge cannot run: no dockerd');
    const run = buildRun();
    const comparison = { ...compare(run), cells: compare(run).cells.slice(1) };
    expect(judgeRun(run, comparison)).toEqual([expect.stringMatching(/^the comparison has no cell /)]);
  });
});
