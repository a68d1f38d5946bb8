import { describe, expect, it } from 'vitest';
import { compareRuns } from '../../src/comparison/compare-runs.ts';
import { comparisonSchema } from '../../src/comparison/comparison.schema.ts';
import { defaultPolicy } from '../../src/comparison/policy.schema.ts';
import { metricsByTest } from '../../src/results/metrics.ts';
import { adjustHolm } from '../../src/statistics/holm.ts';
import { compareMeans } from '../../src/statistics/welch.ts';
import { testNames } from '../../src/vocabulary.ts';
import { buildRun, type Spot, usualValue } from './build-run.ts';
import {
  compare,
  compareLatency,
  constant,
  failSamples,
  findCell,
  listNullPaths,
  listNumbers,
  scaleCandidate,
  usualOptions,
} from './compare.ts';

const everything = buildRun({
  plan: { guests: ['bare', 'docker'], attachments: ['bridge'], tests: [...testNames].reverse() },
});

describe('compareRuns', () => {
  it('gives a document of the schema, with every null explained and every number finite', () => {
    for (const run of [everything, buildRun({ plan: { deployments: 2 } }), { ...everything, samples: [] }]) {
      const comparison = compare(run);
      expect(comparisonSchema.parse(JSON.parse(JSON.stringify(comparison)))).toEqual(comparison);
      for (const cell of comparison.cells) {
        expect(Object.keys(cell.missing).sort()).toEqual([...listNullPaths(cell)].sort());
      }
      expect(listNumbers(comparison).every(Number.isFinite)).toBe(true);
    }
  });

  it('lists guests, attachments, tests and metrics in the order of the vocabulary, whatever the plan says', () => {
    const wanted = ['docker', 'bare'].flatMap((guest) =>
      testNames.flatMap((test) => metricsByTest[test].map(({ name }) => `${guest}/bridge/${test}/${name}`)),
    );
    expect(compare(everything).cells.map(({ id }) => id)).toEqual(wanted);
  });

  it('puts the host before the id only when there are several', () => {
    const other = buildRun({ host: 'stock-1' });
    const renamed = other.deployments.map((line) => ({ ...line, id: `x${line.id}` }));
    const both = {
      ...other,
      deployments: [...other.deployments, ...renamed.map((line) => ({ ...line, host: 'tuned-1' }))],
      samples: [...other.samples, ...other.samples.map((line) => ({ ...line, deployment: `x${line.deployment}` }))],
    };
    const ids = compare(both).cells.map(({ id }) => id);
    expect(ids).toHaveLength(12);
    expect(ids[0]).toBe('stock-1:docker/bridge/tcp_rr/latency');
    expect(ids[6]).toBe('tuned-1:docker/bridge/tcp_rr/latency');
    expect(compare(other).cells[0]?.id).toBe('docker/bridge/tcp_rr/latency');
  });

  it('computes ratio, intervals and p from the logarithms of the deployment medians', () => {
    const run = buildRun({ value: scaleCandidate(1.03) });
    const medians = (side: 'baseline' | 'candidate') =>
      [0, 1, 2, 3].map((deployment) => {
        const spot = { side, guest: 'docker', attachment: 'bridge', test: 'tcp_rr', metric: 'latency' } as const;
        const [first = NaN, second = NaN] = [0, 1].map((sample) =>
          scaleCandidate(1.03)({ ...spot, deployment, sample }),
        );
        return Math.log((first + second) / 2);
      });
    const test = compareMeans(medians('baseline'), medians('candidate'));
    if (test.kind !== 'tested') throw new Error('expected data that vary');
    const cell = findCell(compare(run), 'docker/bridge/tcp_rr/latency');
    expect(cell.p).toBeCloseTo(test.p, 12);
    expect(cell.ratio?.estimate).toBeCloseTo(Math.exp(test.difference), 12);
    // 3 degrees of freedom at least, 6 at most: the half width lies between those of t.
    const [low = NaN, high = NaN] = cell.ratio?.interval95 ?? [];
    expect(Math.log(high) - test.difference).toBeCloseTo(test.difference - Math.log(low), 12);
    expect((Math.log(high) - test.difference) / test.standardError).toBeGreaterThan(2.44);
    expect((Math.log(high) - test.difference) / test.standardError).toBeLessThan(3.19);
    const [low90 = NaN, high90 = NaN] = cell.ratio?.interval90 ?? [];
    expect(low90).toBeGreaterThan(low);
    expect(high90).toBeLessThan(high);
    expect(cell).toMatchObject({ observation: 'deployment', pMethod: 'welch-deployments', verdict: 'regressed' });
  });

  it('adjusts p by Holm, primary and secondary cells among themselves', () => {
    const { cells } = compare(everything);
    for (const role of ['primary', 'secondary'] as const) {
      const family = cells.filter((cell) => cell.role === role);
      expect(family.length).toBeGreaterThan(10);
      const adjusted = adjustHolm(family.map(({ p }) => p ?? NaN));
      expect(family.map(({ pAdjusted }) => pAdjusted)).toEqual(adjusted);
    }
  });

  it('keeps a cell without p in the size of the family', () => {
    const run = buildRun({ plan: { tests: ['tcp_rr', 'udp_rr'] }, value: scaleCandidate(1.02) });
    const halved = failSamples(run, ({ test }) => test === 'udp_rr');
    const alone = findCell(compare(halved), 'docker/bridge/tcp_rr/latency');
    expect(alone.pAdjusted).toBeCloseTo(2 * (alone.p ?? NaN), 12);
    const both = findCell(compare(run), 'docker/bridge/tcp_rr/latency');
    expect(alone.detectableChange).toBe(both.detectableChange);
  });

  it('needs a larger change to be found where more is asked', () => {
    const one = compareLatency({});
    const seven = findCell(compare(buildRun({ plan: { tests: [...testNames] } })), 'docker/bridge/tcp_rr/latency');
    expect(one.detectableChange).toBeGreaterThan(0);
    expect(seven.detectableChange).toBeGreaterThan(one.detectableChange ?? NaN);
  });

  it('summarises each side over measured samples, warm-ups and failed ones left out', () => {
    const run = failSamples(buildRun({ plan: { samples: 3 } }), ({ order }) => order === 3);
    const cell = findCell(compare(run), 'docker/bridge/tcp_rr/latency');
    const measured = run.samples.filter(({ phase, status }) => phase === 'measure' && status === 'ok');
    expect(cell.baseline.n + cell.candidate.n).toBe(measured.length);
    expect(cell.baseline).toMatchObject({ n: 11, deployments: 4, replies: null });
    expect(cell.baseline.medianInterval95).not.toBeNull();
    expect(cell.missing['baseline.replies']).toBe('only the latency of ping has single replies');
  });

  it('draws the box of ping over every single reply', () => {
    const { cells } = compare(buildRun({ plan: { tests: ['ping'] }, value: constant(1e-4, 2e-4) }));
    expect(cells[0]?.candidate.replies).toMatchObject({
      n: 24,
      minimum: 0.9 * 2e-4,
      median: 2e-4,
      maximum: 1.3 * 2e-4,
    });
    expect(cells[1]?.id).toBe('docker/bridge/ping/loss');
    expect(cells[1]?.candidate.replies).toBeNull();
  });

  it('gives differences where a metric can be zero', () => {
    const run = buildRun({
      plan: { tests: ['udp_stream'] },
      value: (spot) =>
        spot.metric === 'loss' ? (spot.side === 'candidate' ? 0.1 + spot.deployment / 100 : 0) : usualValue(spot),
    });
    const cell = findCell(compare(run), 'docker/bridge/udp_stream/loss');
    expect(cell).toMatchObject({ ratio: null, margin: null, detectableChange: null, verdict: 'regressed' });
    expect(cell.difference?.estimate).toBeCloseTo(0.115, 12);
    expect(cell.difference?.interval95?.[0]).toBeGreaterThan(0);
    expect(cell.missing.ratio).toBe('a metric that can be zero has no relative change');
  });

  it('gives a difference, and says why, where a metric that has no zeros shows one', () => {
    const cell = compareLatency({ value: (spot) => (spot.deployment === 0 ? 0 : usualValue(spot)) });
    expect(cell.difference).not.toBeNull();
    expect(cell.warnings).toContain('A value of zero or below was measured, so the change is a difference.');
  });

  it('compares the spread inside fresh starts, whole fresh starts exchanged', () => {
    const wide = (spot: Spot) =>
      usualValue(spot) * (1 + (spot.sample === 0 ? -1 : 1) * (spot.side === 'candidate' ? 0.03 : 0.003));
    const { spread } = compareLatency({ plan: { deployments: 5 }, value: wide });
    expect(spread.ratio).toBeGreaterThan(5);
    expect(spread).toMatchObject({ p: 2 / 252, pMethod: 'permutation', verdict: 'regressed' });
    expect(spread.interval95?.[0]).toBeGreaterThan(1);
    const single = compareLatency({ plan: { samples: 1 } });
    expect(single.spread.verdict).toBeNull();
    expect(single.missing['spread.p']).toBe('one sample a deployment; 2 needed on either side');
  });

  it('takes margins from the policy, the cell before the metric', () => {
    const margins = { throughput: 0.01, latency_p99: 0.05, latency: 0.02 };
    const { cells } = compare(everything);
    for (const [name, value] of Object.entries(margins)) {
      expect(cells.find(({ metric }) => metric.name === name)?.margin).toEqual({ value, source: 'policy' });
    }
    const policy = { ...defaultPolicy, margins: { latency: 0.1 }, cellMargins: { 'bare/bridge/ping/latency': 0.2 } };
    const own = compare(everything, { policy });
    expect(findCell(own, 'docker/bridge/ping/latency').margin?.value).toBe(0.1);
    expect(findCell(own, 'bare/bridge/ping/latency').margin?.value).toBe(0.2);
  });

  it('refuses a sample in another unit, and no or three runs', () => {
    const run = buildRun();
    const [first] = run.samples.filter(({ phase }) => phase === 'measure');
    if (first === undefined) throw new Error('expected a sample');
    const wrong = { ...first, metrics: { latency: { value: 50, unit: 'µs' } } };
    const samples = run.samples.map((sample) => (sample === first ? wrong : sample));
    expect(() => compare({ ...run, samples })).toThrow(
      'sample 2 of tcp_rr gives latency as a value in µs; one value in s is accepted',
    );
    expect(() => compareRuns([], usualOptions)).toThrow(RangeError);
    expect(() => compareRuns([run, run, run], usualOptions)).toThrow(RangeError);
  });
});

describe('too little data', () => {
  it.each([1, 2, 3])('%d deployments a side give an estimate and no verdict', (deployments) => {
    const cell = compareLatency({ plan: { deployments }, value: scaleCandidate(1.5) });
    expect(cell.ratio?.estimate).toBeCloseTo(1.5, 1);
    expect(cell.ratio).toMatchObject({ interval95: null, interval90: null });
    expect(cell).toMatchObject({ p: null, pAdjusted: null, pMethod: null, detectableChange: null });
    expect(cell).toMatchObject({ verdict: 'inconclusive', reason: 'needs at least 4 fresh starts per side' });
    const because = `${deployments} deployment${deployments === 1 ? '' : 's'} a side; 4 needed`;
    for (const path of ['ratio.interval95', 'ratio.interval90', 'p', 'pAdjusted', 'pMethod', 'detectableChange']) {
      expect(cell.missing[path]).toBe(because);
    }
  });

  it('names both counts when they differ', () => {
    const run = failSamples(buildRun(), ({ deployment }) => deployment === 'd001');
    expect(findCell(compare(run), 'docker/bridge/tcp_rr/latency').missing.p).toBe(
      '3 and 4 deployments a side; 4 needed',
    );
  });

  it('has a cell without figures where a side was not measured', () => {
    const run = buildRun();
    const lost = run.deployments.filter(({ side }) => side === 'candidate').map(({ id }) => id);
    const cell = findCell(
      compare(failSamples(run, (sample) => lost.includes(sample.deployment))),
      'docker/bridge/tcp_rr/latency',
    );
    expect(cell).toMatchObject({
      ratio: null,
      p: null,
      verdict: 'inconclusive',
      reason: 'no measured sample of the candidate',
    });
    expect(cell.candidate).toMatchObject({ n: 0, deployments: 0, median: null, medianInterval95: null });
    expect(cell.missing['candidate.median']).toBe('no measured sample of the candidate');
    expect(cell.baseline.n).toBe(8);
    expect(cell.margin).toEqual({ value: 0.02, source: 'policy' });
  });

  it('has no margin for a metric that can be zero, without data too', () => {
    const run = { ...buildRun({ plan: { tests: ['ping'] } }), samples: [] };
    expect(findCell(compare(run), 'docker/bridge/ping/loss').margin).toBeNull();
  });

  it('keeps planned cells of a run that died before its first deployment', () => {
    const run = { ...buildRun(), deployments: [], samples: [], deploymentEnds: [], end: null };
    const comparison = compare(run);
    expect(comparison.cells).toHaveLength(6);
    expect(comparison.cells[0]).toMatchObject({
      id: 'docker/bridge/tcp_rr/latency',
      reason: 'no measured sample of either side',
    });
    expect(comparison.context?.status).toBe('killed');
    expect(comparison.family.verdict).toBe('inconclusive');
  });

  it('leaves out what the plan says cannot run', () => {
    const unsupported = [{ guest: 'docker', attachment: 'bridge', test: 'ping', reason: 'no raw sockets' }] as const;
    const { cells } = compare(buildRun({ plan: { tests: ['tcp_rr', 'ping'], unsupported: [...unsupported] } }));
    expect(cells.map(({ id }) => id).filter((id) => id.includes('ping'))).toEqual([]);
  });

  it('says when the samples do not report a metric', () => {
    const run = buildRun({ value: (spot) => (spot.metric === 'latency_max' ? null : usualValue(spot)) });
    expect(findCell(compare(run), 'docker/bridge/tcp_rr/latency_max').reason).toBe(
      'no sample of either side reports this metric',
    );
  });
});

describe('degenerate data', () => {
  it('calls equal constant data unchanged, with intervals of no width and a warning', () => {
    const cell = compareLatency({ value: constant(0.1, 0.1) });
    expect(cell.ratio).toEqual({ estimate: 1, interval95: [1, 1], interval90: [1, 1] });
    expect(cell).toMatchObject({ p: 1, pAdjusted: 1, detectableChange: null, verdict: 'unchanged' });
    expect(cell.warnings[0]).toMatch(/^No variation/);
    expect(cell.missing.detectableChange).toMatch(/no standard error/);
  });

  it('has no p for constant data that differ', () => {
    const cell = compareLatency({ value: constant(0.1, 0.2) });
    expect(cell.ratio).toEqual({ estimate: expect.closeTo(2, 12), interval95: null, interval90: null });
    expect(cell).toMatchObject({ p: null, verdict: 'inconclusive' });
    expect(cell.reason).toBe('no deployment differs from the others of its side, so there is no standard error');
    expect(cell.missing.p).toBe(cell.reason);
  });

  it('tests a constant side against one that varies', () => {
    const cell = compareLatency({ value: (spot) => (spot.side === 'baseline' ? 1e-4 : usualValue(spot) * 2.2) });
    expect(cell).toMatchObject({ verdict: 'regressed' });
  });

  it('calls zeros on both sides unchanged', () => {
    const cell = findCell(
      compare(
        buildRun({
          plan: { tests: ['tcp_stream'] },
          value: (spot) => (spot.metric === 'retransmits' ? 0 : usualValue(spot)),
        }),
      ),
      'docker/bridge/tcp_stream/retransmits',
    );
    expect(cell.difference).toEqual({ estimate: 0, interval95: [0, 0], interval90: [0, 0] });
    // Nothing to warn about: zero loss is what a good run has.
    expect(cell).toMatchObject({ p: 1, verdict: 'unchanged', warnings: [] });
  });

  it.each([
    ['1e308', 1e308, 1e308],
    ['1e-308 against 1e308', 1e-308, 1e308],
    ['-1e308 against 1e308', -1e308, 1e308],
    ['5e-324', 5e-324, 5e-324],
  ])('holds values of %s without NaN', (_, baseline, candidate) => {
    const wobble = (deployment: number) => 1 - deployment / 16;
    const comparison = compare(
      buildRun({ value: ({ side, deployment }) => (side === 'baseline' ? baseline : candidate) * wobble(deployment) }),
    );
    expect(listNumbers(comparison).every(Number.isFinite)).toBe(true);
    expect(comparisonSchema.safeParse(comparison).success).toBe(true);
    for (const cell of comparison.cells)
      expect(Object.keys(cell.missing).sort()).toEqual([...listNullPaths(cell)].sort());
  });
});

describe('two runs', () => {
  const first = buildRun();
  const second = buildRun({
    id: 'run-2',
    value: scaleCandidate(0.8),
    versions: { netperf: '2.7.0', tunegate: '0.2.0' },
  });

  it('take the baseline of the first and the candidate of the second, and say so everywhere', () => {
    const comparison = compare([first, second]);
    expect(comparison.context).toMatchObject({ runs: ['run-1', 'run-2'], interleaved: false });
    expect(comparison.context?.versions).toMatchObject({
      netperf: '2.7.0',
      tunegate: '0.1.0 / 0.2.0',
      ping: 'iputils 20221126 / absent',
    });
    const cell = findCell(comparison, 'docker/bridge/tcp_rr/latency');
    expect(cell.ratio?.estimate).toBeCloseTo(0.8, 2);
    expect(cell.baseline.median).toBe(findCell(compare(first), cell.id).baseline.median);
    const sentence =
      'The sides come from two runs and were not interleaved: whatever changed between the runs looks like an effect.';
    expect(comparison.warnings).toContain(sentence);
    for (const { warnings } of comparison.cells) expect(warnings).toContain(sentence);
    expect(compare(first).context?.interleaved).toBe(true);
  });

  it('say where the plans differ', () => {
    const longer = buildRun({ plan: { seconds: 10 } });
    expect(compare([first, longer]).warnings).toContain('The two runs were planned differently: seconds (1 and 10).');
  });

  it('are host confounded when each side has its own host', () => {
    const comparison = compare([first, buildRun({ host: 'tuned-1' })]);
    expect(comparison.family).toMatchObject({ verdict: 'inconclusive', inconclusive: 2 });
    expect(findCell(comparison, 'local:docker/bridge/tcp_rr/latency').reason).toBe(
      'host confounded: the candidate was measured on tuned-1 only',
    );
  });

  it('have the status of the run that came less far', () => {
    const killed = { ...second, end: null };
    expect(compare([first, killed]).context?.status).toBe('killed');
    expect(compare([killed, first]).context?.status).toBe('killed');
  });
});

describe('the context', () => {
  it('names what was compared', () => {
    const { context, seed } = compare(everything, { seed: 99 });
    expect(seed).toBe(99);
    expect(context).toMatchObject({
      runs: ['run-1'],
      topology: 'embedded',
      baseline: { profile: 'stock', revision: null },
      candidate: { profile: 'tuned' },
      status: 'complete',
      load: { median: expect.closeTo(0.65, 12), maximum: 0.8 },
      readySeconds: [
        { guest: 'docker', attachment: 'bridge', median: expect.closeTo(1.15, 12) },
        { guest: 'bare', attachment: 'bridge', median: expect.closeTo(1.15, 12) },
      ],
    });
    expect(context?.facts).toEqual({
      'client.kernel.release': '6.1.0',
      'guest.mtu.guest': '1500',
      'host.cpu.governor': 'powersave',
      'host.cpu.isolated': 'unknown',
      'host.kernel.release': '6.1.0',
    });
  });

  it('has no load when no sample recorded one', () => {
    const run = buildRun();
    const samples = run.samples.map((sample) => ({ ...sample, diagnostics: {} }));
    expect(compare({ ...run, samples }).context?.load).toBeNull();
  });
});
