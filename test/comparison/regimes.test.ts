import { expect, it } from 'vitest';
import type { Run } from '../../src/results/journal.schema.ts';
import { buildRun } from './build-run.ts';
import { compare, scaleCandidate } from './compare.ts';

/** Two deployments that stay up, whose samples take turns in blocks of four: ABBA. */
function alternate(run: Run): Run {
  const deployments = (['baseline', 'candidate'] as const).flatMap((side) =>
    run.deployments.filter((line) => line.side === side).slice(0, 1),
  );
  const places = new Map(deployments.map(({ id }) => [id, 0]));
  const samples = run.samples
    .filter(({ deployment, phase }) => places.has(deployment) && phase === 'measure')
    .map((sample) => {
      const place = places.get(sample.deployment) ?? 0;
      places.set(sample.deployment, place + 1);
      const isBaseline = sample.deployment === deployments[0]?.id;
      return { ...sample, block: 1 + Math.floor(place / 2), order: 1 + 2 * place + (isBaseline ? 0 : 1) };
    });
  return { ...run, deployments, samples };
}

it('takes blocks as the evidence where sides alternate by sample', () => {
  const run = buildRun({ plan: { regime: 'sample', samples: 12, deployments: 1 }, value: scaleCandidate(1.1) });
  const [cell] = compare(alternate(run)).cells;
  expect(cell).toMatchObject({ observation: 'block', pMethod: 'aligned-rank', verdict: 'regressed' });
  expect(cell?.ratio?.estimate).toBeCloseTo(1.1, 2);
});

it('takes fresh starts where they follow each other, whatever the regime could have been', () => {
  for (const regime of ['sample', 'deployment', 'boot'] as const) {
    const [cell] = compare(buildRun({ plan: { regime } })).cells;
    expect(cell).toMatchObject({ observation: 'deployment', pMethod: 'welch-deployments' });
  }
});
