import type { Comparison, ComparisonCell, SideSummary } from '../../src/comparison/comparison.schema.ts';

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

export function createComparison(cells: readonly ComparisonCell[], overrides: Partial<Comparison> = {}): Comparison {
  const count = (verdict: ComparisonCell['verdict']) =>
    cells.filter((cell) => cell.role === 'primary' && cell.verdict === verdict).length;
  const order = ['regressed', 'invalid', 'inconclusive', 'improved', 'unchanged'] as const;
  return {
    schema: 'tunegate.comparison/1',
    seed: 1,
    context: {
      runs: ['20260102-030405-abcd'],
      plan: {
        name: 'smoke',
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
      },
      topology: 'embedded',
      baseline: { profile: 'stock', sha256: 'a'.repeat(64), revision: null },
      candidate: { profile: 'tuned', sha256: 'b'.repeat(64), revision: null },
      interleaved: true,
      status: 'complete',
      versions: { tunegate: '0.1.0', netperf: '2.7.0', iperf3: '3.12', ping: '20221126', ethtool: '6.1' },
      facts: { 'host.cpu.model': 'Example CPU', 'host.kernel.release': '6.1.0-test' },
      load: { median: 0.42, maximum: 1.3 },
      readySeconds: [
        { guest: 'docker', attachment: 'bridge', median: 0.31 },
        { guest: 'bare', attachment: 'bridge', median: 0.0131 },
      ],
    },
    cells: [...cells],
    family: {
      verdict: order.find((verdict) => count(verdict) > 0) ?? 'unchanged',
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

/** Every verdict once, on tests of several scales. */
export function createMixedComparison(): Comparison {
  const throughput = { name: 'throughput', unit: 'bit/s', better: 'higher' } as const;
  const cells = [
    createCell({
      id: 'docker/bridge/tcp_stream/throughput',
      metric: throughput,
      baseline: createSide(4.94e9),
      candidate: createSide(4.2e9),
      ratio: { estimate: 0.85, interval95: [0.82, 0.88], interval90: [0.825, 0.875] },
      p: 0.0001,
      pAdjusted: 0.0006,
      verdict: 'regressed',
      reason: '−15.0 % exceeds the margin of 1 % (adjusted p 0.0006)',
    }),
    createCell({
      ratio: { estimate: 0.7, interval95: [0.66, 0.74], interval90: [0.67, 0.73] },
      candidate: createSide(42.9e-6),
      verdict: 'improved',
      reason: '−30.0 % exceeds the margin of 2 % (adjusted p 0.0006)',
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
      reason: 'the interval (−50.0 % to +110 %) is too wide for the margin of 2 %',
      warnings: ['1 of 8 samples is missing on the baseline side'],
    }),
    createCell({
      id: 'bare/bridge/tcp_stream/throughput',
      metric: throughput,
      baseline: createSide(9.9e8),
      candidate: createSide(9.9e8),
    }),
    createCell({
      id: 'bare/bridge/tcp_rr/latency',
      verdict: 'invalid',
      reason: 'tcp.congestion_control differs: bbr against cubic',
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
      reason: 'the interval holds zero',
    }),
  ];
  return createComparison(cells, {
    environmentDifference: [
      { scope: 'host', key: 'tcp.congestion_control', baseline: 'bbr', candidate: 'cubic', declared: false },
    ],
    notApplied: [{ parameter: 'host-boot.isolcpus', layer: 'host-boot', side: 'candidate', value: '1-3' }],
    treatment: {
      verified: 19,
      mismatch: 1,
      unprobed: 0,
      notApplicable: 0,
      notVerified: [
        {
          side: 'candidate',
          parameter: 'guest.docker.cpuset',
          layer: 'guest',
          requested: '1',
          found: 'Cpus_allowed_list 0-1',
          probe: '/proc/PID/status Cpus_allowed_list',
          result: 'mismatch',
        },
      ],
    },
    failures: [
      {
        deployment: 'd003',
        side: 'baseline',
        guest: 'docker',
        attachment: 'bridge',
        test: 'ping',
        reason: 'no reply to 10 requests',
        retried: true,
      },
    ],
    warnings: ['the last line of the journal was half-written and left out'],
  });
}

/** Two fresh starts a side: no interval, no verdict. */
export function createShortComparison(): Comparison {
  const few = { n: 2, deployments: 2, medianInterval95: null };
  const reason = 'needs at least 4 fresh starts per side';
  const comparison = createComparison([
    createCell({
      baseline: createSide(61e-6, few),
      candidate: createSide(55e-6, few),
      ratio: { estimate: 0.9, interval95: null, interval90: null },
      p: null,
      pAdjusted: null,
      detectableChange: null,
      verdict: 'inconclusive',
      reason,
    }),
    createCell({
      id: 'bare/bridge/tcp_rr/latency',
      baseline: emptySide,
      candidate: createSide(50e-6, few),
      ratio: null,
      p: null,
      pAdjusted: null,
      detectableChange: null,
      verdict: 'inconclusive',
      reason,
    }),
  ]);
  return {
    ...comparison,
    context: {
      ...comparison.context,
      status: 'partial',
      load: null,
      plan: {
        ...comparison.context.plan,
        deployments: 2,
        samples: 1,
        tests: ['tcp_rr', 'ping'],
        unsupported: [{ guest: 'bare', attachment: 'bridge', test: 'ping', reason: 'ping: not installed' }],
      },
    },
    parameterDifference: [],
  };
}
