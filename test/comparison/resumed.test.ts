import { describe, expect, it } from 'vitest';
import type { DeploymentLine, Run, SampleLine } from '../../src/results/journal.schema.ts';
import { buildRun } from './build-run.ts';
import { compare, findCell } from './compare.ts';

const whole = buildRun();

const find = (run: Run, id: string): DeploymentLine => {
  const line = run.deployments.find((deployment) => deployment.id === id);
  if (line === undefined) throw new Error(`no deployment ${id}`);
  return line;
};

const samplesOf = (run: Run, id: string) => run.samples.filter(({ deployment }) => deployment === id);

/** A value that nobody overlooks. */
const wild = (sample: SampleLine): SampleLine => ({ ...sample, metrics: { latency: { value: 1, unit: 's' } } });

interface Attempt {
  readonly id: string;
  readonly status: 'ok' | 'failed' | 'killed';
  /** How many samples, the warm-up included, it came to. */
  readonly samples: number;
  readonly change?: Partial<DeploymentLine>;
}

/** The run in which a deployment was half done, with wild figures, and further attempts at it followed in resumed sessions. */
function interrupt(id: string, samples: number, ...sessions: readonly Attempt[][]): Run {
  const original = find(whole, id);
  const run = {
    ...whole,
    samples: [
      ...whole.samples.filter(({ deployment }) => deployment !== id),
      ...samplesOf(whole, id).slice(0, samples).map(wild),
    ],
    deployments: [...whole.deployments],
    deploymentEnds: whole.deploymentEnds.map((end) =>
      end.id === id ? { ...end, status: 'failed' as const, reason: 'the run ended before it did' } : end,
    ),
    resumedAfter: [] as number[],
  };
  for (const session of sessions) {
    run.resumedAfter.push(run.deployments.length);
    for (const { id: again, status, samples: count, change } of session) {
      run.deployments.push({ ...original, id: again, order: run.deployments.length + 1, ...change });
      const taken = samplesOf(whole, id).slice(0, count);
      run.samples.push(...taken.map((sample) => ({ ...(status === 'ok' ? sample : wild(sample)), deployment: again })));
      const end = { kind: 'deployment-end' as const, time: original.time, id: again };
      if (status !== 'killed') run.deploymentEnds.push({ ...end, status, reason: status === 'ok' ? null : 'again' });
    }
  }
  return run;
}

const failure = {
  side: find(whole, 'd008').side,
  guest: 'docker',
  attachment: 'bridge',
  test: null,
  reason: 'the run ended before it did',
};
const redone: Attempt = { id: 'd009', status: 'ok', samples: 3 };

describe('a deployment that a resumed run redid', () => {
  it('takes the place of the half-done one, whose samples count nowhere and which is listed', () => {
    const comparison = compare(interrupt('d008', 2, [redone]));
    const expected = compare(whole);
    expect(comparison).toEqual({ ...expected, failures: [{ ...failure, deployment: 'd008', retried: true }] });
  });

  it('leaves the half-done one counting until then', () => {
    const cell = findCell(compare(interrupt('d008', 2)), 'docker/bridge/tcp_rr/latency');
    expect(cell[failure.side]).toMatchObject({ n: 7, deployments: 4, maximum: 1 });
  });

  it('wherever in the run it was, and whether or not more than one side of the block is done', () => {
    for (const { id, side } of whole.deployments) {
      const comparison = compare(interrupt(id, 2, [redone]));
      const cell = findCell(comparison, 'docker/bridge/tcp_rr/latency');
      expect([cell[side].n, cell[side].deployments], id).toEqual([8, 4]);
      expect(cell[side].maximum, id).toBeLessThan(1);
      expect(comparison.failures).toEqual([{ ...failure, side, deployment: id, retried: true }]);
    }
  });

  it('counts once after several attempts', () => {
    const half = { status: 'killed', samples: 2 } as const;
    const comparison = compare(interrupt('d008', 2, [{ ...half, id: 'd009' }], [{ ...redone, id: 'd010' }]));
    expect(comparison.cells).toEqual(compare(whole).cells);
    expect(comparison.failures).toEqual([
      { ...failure, deployment: 'd008', retried: true },
      { ...failure, deployment: 'd009', retried: true, reason: 'the run ended during this deployment' },
    ]);
  });

  it('gives way to the last one that measured anything while none succeeded', () => {
    const [failed, unready] = [
      { status: 'failed', samples: 3, id: 'd009' } as const,
      { status: 'failed', samples: 0, id: 'd010', change: { readySeconds: null, facts: null } } as const,
    ];
    const comparison = compare(interrupt('d008', 2, [failed], [unready]));
    expect(findCell(comparison, 'docker/bridge/tcp_rr/latency')[failure.side]).toMatchObject({ n: 8, deployments: 4 });
    expect(comparison.failures.map(({ deployment, retried }) => [deployment, retried])).toEqual([
      ['d008', false],
      ['d009', false],
      ['d010', false],
    ]);
  });

  it('may have needed a second try of its start', () => {
    const unready = { status: 'failed', samples: 0, id: 'd009', change: { readySeconds: null, facts: null } } as const;
    const comparison = compare(interrupt('d008', 2, [unready, { ...redone, id: 'd010' }]));
    expect(comparison.cells).toEqual(compare(whole).cells);
    expect(comparison.failures.map(({ deployment, retried }) => [deployment, retried])).toEqual([
      ['d008', true],
      ['d009', true],
    ]);
  });

  it('proves the setting that the half-done one had not in force', () => {
    const misapply = (run: Run): Run => ({
      ...run,
      deployments: run.deployments.map((line) => ({
        ...line,
        checks:
          line.id === 'd007' ? line.checks.map((check) => ({ ...check, result: 'mismatch' as const })) : line.checks,
      })),
    });
    expect(compare(misapply(interrupt('d007', 1))).family.verdict).toBe('invalid');
    const unready: Attempt = { status: 'failed', samples: 0, id: 'd009', change: { facts: null, checks: [] } };
    expect(compare(misapply(interrupt('d007', 0, [unready]))).family.verdict).toBe('invalid');
    const { treatment, family } = compare(misapply(interrupt('d007', 1, [redone])));
    expect({ treatment, family }).toEqual({ treatment: compare(whole).treatment, family: compare(whole).family });
  });

  it('is another place of the schedule when nothing was resumed between', () => {
    const run = { ...interrupt('d008', 2, [redone]), resumedAfter: [] };
    const cell = findCell(compare(run), 'docker/bridge/tcp_rr/latency');
    expect(cell[failure.side]).toMatchObject({ n: 9, deployments: 5 });
  });

  it('redoes in order what was not finished, and leaves the rest', () => {
    const [first, second] = whole.deployments.filter(({ side }) => side === 'baseline').slice(-2);
    if (first === undefined || second === undefined) throw new Error('expected two deployments');
    const run = interrupt(first.id, 2, [redone]);
    const bothFailed = {
      ...run,
      deploymentEnds: run.deploymentEnds.map((end) =>
        end.id === second.id ? { ...end, status: 'failed' as const, reason: 'missing samples' } : end,
      ),
    };
    const comparison = compare(bothFailed);
    expect(comparison.failures.map(({ deployment, retried }) => [deployment, retried])).toEqual([
      [first.id, true],
      [second.id, false],
    ]);
    expect(findCell(comparison, 'docker/bridge/tcp_rr/latency').baseline).toMatchObject({ n: 8, deployments: 4 });
  });
});

describe('failed samples of a deployment that was redone', () => {
  it('are listed as taken again, and warn no more', () => {
    const run = interrupt('d008', 3, [redone]);
    const samples = run.samples.map((sample) =>
      sample.deployment === 'd008' && sample.phase === 'measure'
        ? { ...sample, status: 'failed' as const, reason: 'no answer', metrics: {} }
        : sample,
    );
    const comparison = compare({ ...run, samples });
    expect(comparison.failures.filter(({ test }) => test !== null)).toMatchObject([
      { deployment: 'd008', reason: 'no answer', retried: true },
      { deployment: 'd008', reason: 'no answer', retried: true },
    ]);
    expect(comparison.cells).toEqual(compare(whole).cells);
  });
});
