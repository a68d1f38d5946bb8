import { describe, expect, it } from 'vitest';
import { compareWithCatalogue } from '../../src/comparison/compare-with-catalogue.ts';
import { defaultPolicy } from '../../src/comparison/policy.schema.ts';
import type { Run } from '../../src/results/journal.schema.ts';
import type { Side } from '../../src/vocabulary.ts';
import { buildRun, type Spot, usualValue } from './build-run.ts';
import { compare, compareLatency, findCell, scaleCandidate } from './compare.ts';

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

describe('sides that alternate by boot', () => {
  const plan = { regime: 'boot', layers: ['host-boot', 'host'] } as const;
  const change = { 'host-boot.isolcpus': '1' };
  const parameters = { baseline: {}, candidate: change };
  const shape = { plan: { ...plan, layers: [...plan.layers] }, parameters, checks: () => [] };

  it('have one observation a boot, and say how many boots there were', () => {
    const comparison = compare(buildRun({ ...shape, value: scaleCandidate(1.1) }));
    expect(comparison.context?.boots).toEqual({ baseline: 4, candidate: 4 });
    expect(findCell(comparison, 'docker/bridge/tcp_rr/latency')).toMatchObject({
      ...{ observation: 'deployment', verdict: 'regressed' },
      baseline: { n: 8, deployments: 4 },
    });
    expect(compare(buildRun()).context).not.toHaveProperty('boots');
  });

  it('count fresh starts of one boot as one, since what a boot leaves different they share', () => {
    // Four fresh starts a side in two boots, of which each is far off: as four they would be 20 % apart for sure.
    const value = (spot: Spot) => usualValue(spot) * (spot.side === 'candidate' ? 1.2 : 1);
    const bootId = (side: string, deployment: number) => `${side}-${Math.floor(deployment / 2)}`;
    const cell = compareLatency({ ...shape, value, bootId });
    expect(cell).toMatchObject({ verdict: 'inconclusive', p: null, baseline: { n: 8, deployments: 2 } });
    expect(cell.warnings).toContain('d001, d004 of the baseline ran in one boot of the host and count as one.');
    expect(cell.warnings).toContain('d006, d007 of the candidate ran in one boot of the host and count as one.');
    expect(compareLatency({ ...shape, value })).toMatchObject({ verdict: 'regressed', baseline: { deployments: 4 } });
  });

  it('must not share a boot: the host was not switched then', () => {
    const cell = compareLatency({ ...shape, bootId: (_, deployment) => `boot-${deployment}` });
    expect(cell).toMatchObject({
      verdict: 'invalid',
      reason: expect.stringMatching(
        /^the host was not booted between the sides: d002, d003, d006, d007 of the candidate ran in a boot of the baseline/,
      ),
    });
  });

  it('differ in what the catalogue says that booting changes, and are invalid by anything else', () => {
    const facts = (governor: string) => (side: Side) => ({
      host: {
        'kernel.cmdline': side === 'baseline' ? 'quiet' : 'quiet isolcpus=managed_irq,domain,1',
        'cpu.isolated': side === 'baseline' ? '' : '1',
        'cpu.governor': side === 'baseline' ? 'schedutil' : governor,
      },
      guest: {},
      client: {},
    });
    const judge = (governor: string) =>
      compareWithCatalogue([buildRun({ ...shape, facts: facts(governor) })], defaultPolicy);
    const declared = judge('schedutil');
    expect(declared.environmentDifference).toMatchObject([
      { key: 'cpu.isolated', declared: true },
      { key: 'kernel.cmdline', declared: true },
    ]);
    expect(declared.family.invalid).toBe(0);
    expect(judge('performance').cells[0]).toMatchObject({
      verdict: 'invalid',
      reason: expect.stringContaining('the sides differ in host.cpu.governor, which no changed parameter declares'),
    });
  });

  it('may have kernels that say other things of the processor, where the kernel is what differs', () => {
    const kernels = {
      baseline: { 'host-boot.kernel': 'debian-6.12' },
      candidate: { 'host-boot.kernel': 'debian-6.12-rt' },
    };
    const facts = (side: Side) => ({
      host: {
        'kernel.cmdline': `BOOT_IMAGE=/boot/vmlinuz-${side}`,
        'kernel.release': side,
        'kernel.version': `#1 ${side}`,
        'mitigations.spectre_v2': `Mitigation of ${side}`,
      },
      guest: {},
      client: {},
    });
    const comparison = compareWithCatalogue([buildRun({ ...shape, parameters: kernels, facts })], defaultPolicy);
    expect(comparison.family.invalid).toBe(0);
    expect(comparison.environmentDifference.map(({ declared }) => declared)).toEqual([true, true, true, true]);
  });
});
