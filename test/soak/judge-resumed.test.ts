import { describe, expect, it } from 'vitest';
import type { Run } from '../../src/results/journal.schema.ts';
import { buildRun } from '../comparison/build-run.ts';
import { judgeResumed } from './judge-resumed.ts';

const whole = buildRun();
const killed: Run = { ...whole, samples: whole.samples.slice(0, 3), deploymentEnds: [], end: null };

describe('judgeResumed', () => {
  it('finds no fault with a run that was gone on with', () => {
    expect(judgeResumed(killed, whole)).toEqual([]);
  });

  it.each([
    ['lost a sample', { samples: whole.samples.slice(1) }, /is not what it has now/],
    ['took a sample twice', { samples: [...whole.samples, ...whole.samples.slice(-1)] }, /has \d+ samples of .+, not/],
    ['left a deployment out', { deploymentEnds: whole.deploymentEnds.slice(1) }, /whole deployments, not|places were/],
    ['did not come to its end', { end: null }, /ended as nothing/],
  ])('finds that it %s', (_, change, fault) => {
    expect(judgeResumed(killed, { ...whole, ...change }).join('; ')).toMatch(fault);
  });
});
