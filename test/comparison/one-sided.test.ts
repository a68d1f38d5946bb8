import { describe, expect, it } from 'vitest';
import type { Run } from '../../src/results/journal.schema.ts';
import { buildRun, type RunShape } from './build-run.ts';
import { compare, findCell } from './compare.ts';

const cell = 'docker/bridge/tcp_rr/latency';

/** As run-benchmarks writes it: one guest of one profile, all of it on the side `baseline`. */
function buildOneSided(overrides: Partial<RunShape> = {}, profile: 'baseline' | 'candidate' = 'baseline'): Run {
  const whole = buildRun({ checks: () => [], ...overrides });
  const deployments = whole.deployments.filter(({ side }) => side === 'baseline');
  const kept = new Set(deployments.map(({ id }) => id));
  const side = whole.header[profile];
  return {
    ...whole,
    header: { ...whole.header, baseline: side, candidate: side },
    deployments,
    samples: whole.samples.filter(({ deployment }) => kept.has(deployment)),
    deploymentEnds: whole.deploymentEnds.filter(({ id }) => kept.has(id)),
  };
}

describe('runs of one guest', () => {
  it('two of them are the sides of a comparison, each as it is asked for', () => {
    const slow = buildOneSided({ value: () => 2e-4 }, 'candidate');
    const comparison = compare([buildOneSided({ value: () => 1e-4 }), slow]);
    const { baseline, candidate, warnings } = findCell(comparison, cell);
    expect([baseline.n, candidate.n]).toEqual([8, 8]);
    expect([baseline.median, candidate.median]).toEqual([1e-4, 2e-4]);
    expect(JSON.stringify([warnings, comparison.warnings])).toContain('not interleaved');
    expect(comparison.parameterDifference.map(({ parameter }) => parameter)).toContain('guest.docker.cpuset');
  });

  it('one alone has no candidate', () => {
    const { baseline, candidate } = findCell(compare(buildOneSided()), cell);
    expect([baseline.n, candidate.n]).toEqual([8, 0]);
  });

  it('a run of two profiles that has only a baseline yet is not taken for one', () => {
    const begun = buildOneSided();
    const header = buildRun().header;
    const { candidate } = findCell(compare([buildRun(), { ...begun, header }]), cell);
    expect(candidate.n).toBe(0);
  });
});
