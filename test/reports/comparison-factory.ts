import type {
  Comparison,
  ComparisonCell,
  Context,
  GuestRatio,
  SideSummary,
  Verdict,
} from '../../src/comparison/comparison.schema.ts';
import { metricsByTest } from '../../src/results/metrics.ts';
import { testNames } from '../../src/vocabulary.ts';

/** A side whose five numbers lie around its median. */
export function createSide(median: number, overrides: Partial<SideSummary> = {}): SideSummary {
  return {
    n: 8,
    deployments: 4,
    minimum: median * 0.9,
    q1: median * 0.97,
    median,
    q3: median * 1.02,
    maximum: median * 1.25,
    medianInterval95: [median * 0.95, median * 1.1],
    replies: null,
    ...overrides,
  };
}

export const emptySide: SideSummary = {
  n: 0,
  deployments: 0,
  minimum: null,
  q1: null,
  median: null,
  q3: null,
  maximum: null,
  medianInterval95: null,
  replies: null,
};

/** A quiet latency cell of `docker/bridge/tcp_rr`. */
export function createCell(overrides: Partial<ComparisonCell> = {}): ComparisonCell {
  return {
    id: 'docker/bridge/tcp_rr/latency',
    role: 'primary',
    metric: { name: 'latency', unit: 's', better: 'lower' },
    observation: 'deployment',
    baseline: createSide(61.1e-6),
    candidate: createSide(61.2e-6),
    ratio: { estimate: 1.0016, interval95: [0.995, 1.0083], interval90: [0.996, 1.007] },
    difference: null,
    p: 0.61,
    pAdjusted: 0.61,
    pMethod: 'welch-deployments',
    spread: { ratio: null, interval95: null, p: null, verdict: null },
    detectableChange: 0.0132,
    margin: { value: 0.02, source: 'policy' },
    verdict: 'unchanged',
    reason: 'the 90 % interval (−0.40 % to +0.70 %) lies inside the margin of 2 %',
    warnings: [],
    missing: {},
    ...overrides,
  };
}

/** A quiet throughput cell. */
export function createStreamCell(overrides: Partial<ComparisonCell> = {}): ComparisonCell {
  return createCell({
    id: 'docker/bridge/tcp_stream/throughput',
    metric: { name: 'throughput', unit: 'bit/s', better: 'higher' },
    baseline: createSide(4.94e9),
    candidate: createSide(4.95e9),
    margin: { value: 0.01, source: 'policy' },
    reason: 'the 90 % interval (−0.40 % to +0.70 %) lies inside the margin of 1 %',
    ...overrides,
  });
}

export const regression: Partial<ComparisonCell> = {
  candidate: createSide(4.2e9),
  ratio: { estimate: 0.85, interval95: [0.82, 0.88], interval90: [0.825, 0.875] },
  p: 0.0001,
  pAdjusted: 0.0006,
  verdict: 'regressed',
  reason: '−15.0 % exceeds the margin of 1 %, adjusted p 0.000600',
};

export const improvement: Partial<ComparisonCell> = {
  candidate: createSide(42.9e-6),
  ratio: { estimate: 0.7, interval95: [0.66, 0.74], interval90: [0.67, 0.73] },
  p: 0.004,
  pAdjusted: 0.012,
  verdict: 'improved',
  reason: '−30.0 % exceeds the margin of 2 %, adjusted p 0.0120',
};

/** Too few fresh starts for any statement. */
const short: Partial<ComparisonCell> = {
  ratio: { estimate: 0.9, interval95: null, interval90: null },
  p: null,
  pAdjusted: null,
  pMethod: null,
  detectableChange: null,
  verdict: 'inconclusive',
  reason: '2 deployments a side; 4 needed',
  missing: { 'ratio.interval95': '2 deployments a side; 4 needed' },
};

const order: readonly Verdict[] = ['regressed', 'invalid', 'inconclusive', 'improved', 'unchanged'];

export interface ComparisonOverrides extends Omit<Partial<Comparison>, 'context'> {
  readonly context?: Partial<Omit<Context, 'plan'>>;
  readonly plan?: Partial<Context['plan']>;
}

/** A complete run of docker and bare over the embedded bridge; the family follows from the cells. */
export function createComparison(
  cells: readonly ComparisonCell[],
  { context, plan, ...overrides }: ComparisonOverrides = {},
): Comparison {
  const count = (verdict: Verdict) =>
    cells.filter((cell) => cell.role === 'primary' && cell.verdict === verdict).length;
  return {
    schema: 'tunegate.comparison/1',
    seed: 1,
    context: {
      runs: ['20260102-030405-abcd'],
      plan: {
        name: 'quick',
        description: 'Every test, short.',
        layers: ['guest'],
        guests: ['docker', 'bare'],
        attachments: ['bridge'],
        tests: ['tcp_stream', 'tcp_rr', 'ping'],
        deployments: 4,
        samples: 2,
        seconds: 1,
        ping: { count: 10, intervalSeconds: 0.1 },
        iperfUdpBitsPerSecond: 100_000_000,
        regime: 'deployment',
        unsupported: [],
        ...plan,
      },
      topology: 'embedded',
      baseline: { profile: 'stock', sha256: 'a'.repeat(64), revision: null },
      candidate: { profile: 'tuned', sha256: 'b'.repeat(64), revision: null },
      interleaved: true,
      status: 'complete',
      versions: { ethtool: '6.1', iperf3: '3.12', netperf: '2.7.0', ping: '20221126', tunegate: '0.1.0' },
      facts: {
        'host.cpu.governor': 'unknown',
        'host.cpu.model': 'Example CPU',
        'host.cpu.online': '0-3',
        'host.kernel.release': '6.1.0-test',
        'host.memory.gibibytes': '8',
        'host.mtu.wire': '1500',
        'host.tcp.congestion_control': 'cubic',
      },
      load: { median: 0.42, maximum: 1.3 },
      readySeconds: [
        { guest: 'docker', attachment: 'bridge', median: 0.31 },
        { guest: 'bare', attachment: 'bridge', median: 0.0131 },
      ],
      ...context,
    },
    cells: [...cells],
    family: {
      verdict: order.find((verdict) => count(verdict) > 0) ?? 'inconclusive',
      regressed: count('regressed'),
      improved: count('improved'),
      unchanged: count('unchanged'),
      inconclusive: count('inconclusive'),
      invalid: count('invalid'),
    },
    environmentDifference: [],
    parameterDifference: [
      { parameter: 'guest.docker.cpuset', layer: 'guest', baseline: null, candidate: '1', applied: true },
    ],
    notApplied: [],
    treatment: { verified: 20, mismatch: 0, unprobed: 0, notApplicable: 0, notVerified: [] },
    failures: [],
    warnings: [],
    ...overrides,
  };
}

const latency = { name: 'latency', unit: 's', better: 'lower' } as const;

/** Verdicts of every kind but invalid, on tests of several scales, and a metric that can be zero. */
export function createMixedComparison(): Comparison {
  const cells = [
    createStreamCell(regression),
    createCell({
      ...improvement,
      spread: { ratio: 0.48, interval95: [0.31, 0.72], p: 0.0008, pAdjusted: 0.004, verdict: 'improved' },
    }),
    createCell({
      id: 'docker/bridge/ping/latency',
      baseline: createSide(65.5e-6, {
        replies: { n: 80, minimum: 19e-6, q1: 40e-6, median: 66e-6, q3: 72e-6, maximum: 143e-6 },
      }),
      candidate: createSide(64e-6, {
        replies: { n: 80, minimum: 18e-6, q1: 41e-6, median: 64e-6, q3: 73e-6, maximum: 99e-6 },
      }),
      ratio: { estimate: 0.98, interval95: [0.5, 2.1], interval90: [0.6, 1.8] },
      detectableChange: 20,
      verdict: 'inconclusive',
      reason: 'the 90 % interval (−40.0 % to +80.0 %) reaches beyond the margin of 2 %',
    }),
    createStreamCell({
      id: 'bare/bridge/tcp_stream/throughput',
      baseline: createSide(9.9e8),
      candidate: createSide(9.9e8),
    }),
    createCell({
      id: 'bare/bridge/tcp_rr/latency',
      baseline: createSide(48e-6),
      candidate: createSide(48e-6),
      spread: { ratio: 1.02, interval95: [0.8, 1.3], p: 0.9, pAdjusted: 1, verdict: 'inconclusive' },
    }),
    createCell({
      id: 'docker/bridge/tcp_stream/retransmits',
      role: 'secondary',
      metric: { name: 'retransmits', unit: 'count', better: 'lower' },
      baseline: createSide(1200),
      candidate: createSide(1350),
      ratio: null,
      difference: { estimate: 150, interval95: [-20, 320], interval90: [10, 290] },
      margin: null,
      detectableChange: null,
      verdict: 'inconclusive',
      reason: 'no difference is shown (adjusted p 0.610), and without a margin none can be excluded',
    }),
  ];
  return createComparison(cells, {
    headlines: [
      {
        test: 'tcp_rr',
        metric: latency,
        cells: 2,
        ratio: { estimate: 0.84, interval95: [0.8, 0.88] },
        p: 0.0002,
        pMethod: 'aligned-rank',
      },
      {
        test: 'ping',
        metric: latency,
        cells: 1,
        ratio: { estimate: 0.98, interval95: null },
        p: 0.7,
        pMethod: 'aligned-rank',
      },
    ],
    guestRatios: [
      createGuestRatio('baseline', { estimate: 1.273, interval95: [1.21, 1.339] }),
      createGuestRatio('candidate', { estimate: 0.894, interval95: null }),
    ],
  });
}

export function createGuestRatio(side: GuestRatio['side'], ratio: GuestRatio['ratio']): GuestRatio {
  return {
    host: null,
    attachment: 'bridge',
    test: 'tcp_rr',
    metric: latency,
    side,
    guest: 'docker',
    reference: 'bare',
    accelerator: null,
    deployments: [4, 4],
    ratio,
    p: null,
    untested: ratio.interval95 === null ? 'one fresh start of a guest; 2 needed of both' : null,
  };
}

/** What was asked for is not in force, and the sides differ in more than the treatment. */
export function createInvalidComparison(): Comparison {
  const reason = 'guest.docker.cpuset is not in force on the candidate: asked for 1, found 0-1';
  return createComparison(
    [
      createCell({ verdict: 'invalid', reason }),
      createStreamCell({ verdict: 'invalid', reason }),
      createCell({
        id: 'bare/bridge/tcp_rr/latency',
        verdict: 'invalid',
        reason:
          'the sides differ in host.tcp.congestion_control, which no changed parameter declares: baseline bbr, candidate cubic',
      }),
    ],
    {
      environmentDifference: [
        { scope: 'host', key: 'cpu.isolated', baseline: '', candidate: '1', declared: true },
        { scope: 'host', key: 'tcp.congestion_control', baseline: 'bbr', candidate: 'cubic', declared: false },
      ],
      notApplied: [
        { parameter: 'host-boot.isolcpus', layer: 'host-boot', side: 'candidate', value: '1-3' },
        { parameter: 'host.governor', layer: 'host', side: 'baseline', value: 'powersave' },
        { parameter: 'host.governor', layer: 'host', side: 'candidate', value: 'performance' },
      ],
      treatment: {
        verified: 18,
        mismatch: 1,
        unprobed: 1,
        notApplicable: 4,
        notVerified: [
          {
            side: 'candidate',
            parameter: 'guest.docker.cpuset',
            layer: 'guest',
            requested: '1',
            found: '0-1',
            probe: '/proc/PID/status Cpus_allowed_list',
            result: 'mismatch',
          },
          {
            side: 'candidate',
            parameter: 'guest.docker.memory',
            layer: 'guest',
            requested: '512 MiB',
            found: 'the cgroup has no memory controller',
            probe: 'memory.max',
            result: 'unprobed',
          },
          {
            side: 'baseline',
            parameter: 'guest.docker.cpus',
            layer: 'guest',
            requested: '1.5',
            found: '',
            probe: 'cpu.max',
            result: 'not-applicable',
          },
        ],
      },
    },
  );
}

/** Two fresh starts a side, interrupted: no interval, no verdict, and things that are not there. */
export function createShortComparison(): Comparison {
  const few = { n: 2, deployments: 2, medianInterval95: null };
  return createComparison(
    [
      createCell({ ...short, baseline: createSide(61e-6, few), candidate: createSide(55e-6, few) }),
      createCell({
        ...short,
        id: 'bare/bridge/tcp_rr/latency',
        baseline: emptySide,
        candidate: createSide(50e-6, { ...few, n: 1, deployments: 1 }),
        ratio: null,
        warnings: ['0 of 2 planned deployments of the baseline have data.'],
      }),
    ],
    {
      context: { status: 'interrupted', load: null },
      plan: {
        name: 'ci',
        deployments: 2,
        samples: 1,
        tests: ['tcp_rr', 'ping'],
        unsupported: [{ guest: 'bare', attachment: 'bridge', test: 'ping', reason: 'ping: not installed' }],
      },
      failures: [
        {
          deployment: 'd003',
          side: 'baseline',
          guest: 'docker',
          attachment: 'bridge',
          test: 'tcp_rr',
          reason: 'netperf reported no transactions',
          retried: true,
        },
        {
          deployment: 'd004',
          side: 'baseline',
          guest: 'bare',
          attachment: 'bridge',
          test: null,
          reason: 'the guest was not ready within 30 s',
          retried: false,
        },
      ],
      warnings: ['Run 20260102-030405-abcd is interrupted: interrupted by SIGINT.'],
    },
  );
}

/** A profile compared with itself, in two runs; nothing stands out. */
export function createQuietComparison(): Comparison {
  const warning =
    'The sides come from two runs and were not interleaved: whatever changed between the runs looks like an effect.';
  const same = { profile: 'stock', sha256: 'a'.repeat(64), revision: '0123456789abcdef0123456789abcdef01234567' };
  return createComparison([createStreamCell({ warnings: [warning] }), createCell({ warnings: [warning] })], {
    context: {
      interleaved: false,
      topology: 'inventory',
      runs: ['20260102-030405-abcd', '20260103-030405-ef01'],
      baseline: same,
      candidate: same,
    },
    plan: { guests: ['docker'] },
    parameterDifference: [],
    treatment: { verified: 0, mismatch: 0, unprobed: 0, notApplicable: 0, notVerified: [] },
    warnings: [warning],
  });
}

/** Typical medians by metric, base units. */
const typical: Readonly<Record<string, number>> = {
  throughput: 4.94e9,
  sent: 5.01e9,
  retransmits: 3376,
  loss: 0.0126,
  jitter: 2.75e-6,
  latency: 61.1e-6,
  transactions: 16_400,
  latency_p50: 65e-6,
  latency_p90: 77e-6,
  latency_p99: 113e-6,
  latency_max: 2.39e-3,
};

/** Every test and metric for each of the guests: the size of a real report. */
export function createWholeComparison(guests: readonly string[] = ['docker', 'bare']): Comparison {
  const cells = guests.flatMap((guest) =>
    testNames.flatMap((test) =>
      metricsByTest[test].map(({ name, unit, better, role }) => {
        const median = typical[name] ?? 1;
        const canBeZero = unit === '1' || unit === 'count';
        return createCell({
          id: `${guest}/bridge/${test}/${name}`,
          role,
          metric: { name, unit, better },
          baseline: createSide(median),
          candidate: createSide(median * 1.001),
          ...(canBeZero
            ? { ratio: null, margin: null, difference: { estimate: 0, interval95: [-1, 1], interval90: [-1, 1] } }
            : {}),
        });
      }),
    ),
  );
  return createComparison(cells, { plan: { tests: [...testNames] } });
}
