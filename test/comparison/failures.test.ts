import { describe, expect, it } from 'vitest';
import type { Run } from '../../src/results/journal.schema.ts';
import { buildRun } from './build-run.ts';
import { compare, failSamples, findCell } from './compare.ts';

/** The run with its first deployment a failed start, and (perhaps) a second try of it right after. */
function failFirstStart(secondTry: 'ok' | 'failed' | 'none'): Run {
  const run = buildRun();
  const [first, ...rest] = run.deployments;
  const [firstEnd, ...restEnds] = run.deploymentEnds;
  if (first === undefined || firstEnd === undefined) throw new Error('expected a deployment');
  const lost = { ...first, id: 'x', readySeconds: null, facts: null, checks: [] };
  const end = { ...firstEnd, id: 'x', status: 'failed' as const, reason: 'the guest never became ready' };
  if (secondTry === 'none') {
    return {
      ...run,
      deployments: [lost, ...rest],
      deploymentEnds: [end, ...restEnds],
      samples: run.samples.filter((s) => s.deployment !== first.id),
    };
  }
  const later = [first, ...rest].map((line) => ({ ...line, order: line.order + 1 }));
  const ends = secondTry === 'ok' ? [firstEnd, ...restEnds] : [{ ...end, id: first.id }, ...restEnds];
  return { ...run, deployments: [lost, ...later], deploymentEnds: [end, ...ends] };
}

describe('failed deployments', () => {
  const failure = {
    deployment: 'x',
    side: 'baseline',
    guest: 'docker',
    attachment: 'bridge',
    test: null,
    reason: 'the guest never became ready',
  };

  it('are listed with their reason, and whether the second try succeeded', () => {
    expect(compare(failFirstStart('ok')).failures).toEqual([{ ...failure, retried: true }]);
    expect(compare(failFirstStart('none')).failures).toEqual([{ ...failure, retried: false }]);
    expect(compare(failFirstStart('failed')).failures).toEqual([
      { ...failure, retried: false },
      { ...failure, deployment: 'd001', retried: false },
    ]);
  });

  it('have no second try in the next block', () => {
    const run = failFirstStart('ok');
    const deployments = run.deployments.map((line) => (line.id === 'x' ? line : { ...line, block: 2 }));
    expect(compare({ ...run, deployments }).failures).toEqual([{ ...failure, retried: false }]);
  });

  it('leave a warning where data are missing, and none where the second try gave them', () => {
    const sentence = '3 of 4 planned deployments of the baseline have data.';
    const short = compare(failFirstStart('none'));
    expect(short.warnings).toContain(`docker/bridge: ${sentence}`);
    expect(short.cells[0]?.warnings).toContain(sentence);
    expect(compare(failFirstStart('ok')).warnings).toEqual([]);
  });

  it('are known when the run ended inside one', () => {
    const run = buildRun();
    const cut = { ...run, deploymentEnds: run.deploymentEnds.slice(0, -1), end: null };
    const comparison = compare(cut);
    expect(comparison.failures).toMatchObject([
      { deployment: 'd008', test: null, reason: 'the run ended during this deployment' },
    ]);
    expect(comparison.warnings).toContain('Run run-1 was killed: its journal has no last line.');
    expect(comparison.context?.status).toBe('killed');
  });

  it('of a run that says why it is partial give that reason', () => {
    const run = buildRun();
    const end = {
      kind: 'run-end',
      time: run.header.time,
      status: 'partial',
      reason: '1 deployment incomplete',
    } as const;
    expect(compare({ ...run, end }).warnings).toEqual(['Run run-1 is partial: 1 deployment incomplete.']);
  });
});

describe('failed samples', () => {
  const first = (run: Run) => run.samples.find(({ phase }) => phase === 'measure');

  it('are listed, warned about, and count as missing, never as zero', () => {
    const run = buildRun();
    const lost = first(run);
    const failed = failSamples(run, (sample) => sample === lost, 'the selector was absent');
    const comparison = compare(failed);
    expect(comparison.failures).toEqual([
      {
        deployment: 'd001',
        side: 'baseline',
        guest: 'docker',
        attachment: 'bridge',
        test: 'tcp_rr',
        reason: 'the selector was absent',
        retried: false,
      },
    ]);
    const cell = findCell(comparison, 'docker/bridge/tcp_rr/latency');
    expect(cell.baseline.n).toBe(7);
    expect(cell.warnings).toEqual([
      '1 of 8 samples of the baseline failed.',
      'The deployments have unequal numbers of samples: 1 to 2.',
    ]);
  });

  it('are retried when the extra sample that follows them succeeded', () => {
    const run = buildRun();
    const lost = first(run);
    if (lost === undefined) throw new Error('expected a sample');
    const failed = failSamples(run, (sample) => sample === lost);
    const again = { ...lost, order: 1000 };
    expect(compare({ ...failed, samples: [...failed.samples, again] }).failures).toMatchObject([{ retried: true }]);
    const lostAgain = { ...again, status: 'failed' as const, reason: 'again', metrics: {} };
    expect(compare({ ...failed, samples: [...failed.samples, lostAgain] }).failures).toMatchObject([
      { retried: false },
      { reason: 'again', retried: false },
    ]);
  });

  it('may be warm-ups, which say so and count nowhere else', () => {
    const comparison = compare(failSamples(buildRun(), ({ order }) => order === 1, 'no answer'));
    expect(comparison.failures).toMatchObject([{ test: 'tcp_rr', reason: 'warm-up: no answer', retried: false }]);
    expect(comparison.cells[0]?.warnings).toEqual([]);
  });
});
