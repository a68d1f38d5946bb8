import type { CommentInput } from '../../../reports/comment.ts';
import type { Comparison, ComparisonCell } from '../../../src/comparison/comparison.schema.ts';
import {
  createCell,
  createComparison,
  createGuestRatio,
  createInvalidComparison,
  createSide,
  createStreamCell,
  improvement,
  regression,
} from '../comparison-factory.ts';
import { baseSha, createInput, createRequest, createRequested, createSection, headSha } from './comment-factory.ts';

const sides = {
  baseline: { profile: 'tuned', sha256: 'a'.repeat(64), revision: baseSha },
  candidate: { profile: 'tuned', sha256: 'b'.repeat(64), revision: headSha },
};

const cpuset = {
  parameter: 'guest.docker.cpuset',
  layer: 'guest',
  requested: '1',
  found: 'Cpus_allowed_list 1',
  probe: '/proc/PID/status',
  result: 'verified',
  side: 'candidate',
} as const;

/** A run of docker, qemu and bare on real hosts, five starts of three samples. */
function compareOnHost(cells: readonly ComparisonCell[], overrides: Parameters<typeof createComparison>[1] = {}) {
  return createComparison(
    cells.map((cell) => withCounts(cell)),
    {
      treatment: { verified: 20, mismatch: 0, unprobed: 0, notApplicable: 0, notVerified: [], readings: [cpuset] },
      ...overrides,
      context: { ...sides, topology: 'inventory', ...overrides.context },
      plan: { guests: ['docker', 'qemu', 'bare'], deployments: 5, samples: 3, seconds: 2, ...overrides.plan },
    },
  );
}

function withCounts(cell: ComparisonCell): ComparisonCell {
  const counts = { n: 15, deployments: 5 };
  return { ...cell, baseline: { ...cell.baseline, ...counts }, candidate: { ...cell.candidate, ...counts } };
}

const tail = { name: 'latency_p99', unit: 's', better: 'lower' } as const;

/** Quiet rows of the guests that nothing happens to. */
const quietCells = [
  createStreamCell({
    id: 'qemu/bridge/tcp_stream/throughput',
    accelerator: 'kvm',
    baseline: createSide(3.71e9),
    candidate: createSide(3.72e9),
  }),
  createCell({
    id: 'qemu/bridge/tcp_rr/latency',
    accelerator: 'kvm',
    baseline: createSide(88e-6),
    candidate: createSide(88.1e-6),
    detectableChange: 0.034,
  }),
  createCell({ id: 'bare/bridge/tcp_rr/latency', baseline: createSide(48e-6), candidate: createSide(48e-6) }),
];

const open = createCell({
  id: 'docker/bridge/ping/latency',
  baseline: createSide(65.5e-6, {
    replies: { n: 80, minimum: 19e-6, q1: 40e-6, median: 66e-6, q3: 72e-6, maximum: 143e-6 },
  }),
  candidate: createSide(64e-6, {
    replies: { n: 80, minimum: 18e-6, q1: 41e-6, median: 64e-6, q3: 73e-6, maximum: 99e-6 },
  }),
  ratio: { estimate: 0.98, interval95: [0.93, 1.04], interval90: [0.94, 1.03] },
  detectableChange: 0.071,
  verdict: 'inconclusive',
  reason: 'the 90 % interval (−6.00 % to +3.00 %) reaches beyond the margin of 2 %',
});

const noisy = createCell({
  id: 'qemu/bridge/ping/latency',
  accelerator: 'kvm',
  baseline: createSide(165e-6),
  candidate: createSide(171e-6),
  ratio: { estimate: 1.01, interval95: [0.5, 2.1], interval90: [0.6, 1.8] },
  detectableChange: 1.9,
  verdict: 'inconclusive',
  reason: 'the 90 % interval (−40.0 % to +80.0 %) reaches beyond the margin of 2 %',
});

const fasterTail = createCell({
  id: 'docker/bridge/tcp_rr/latency_p99',
  role: 'secondary',
  metric: tail,
  baseline: createSide(113e-6),
  candidate: createSide(67.9e-6),
  ratio: { estimate: 0.6, interval95: [0.52, 0.7], interval90: [0.53, 0.69] },
  verdict: 'improved',
  reason: '−40.0 % exceeds the margin of 5 %, adjusted p 0.00100',
  margin: { value: 0.05, source: 'policy' },
});

const steadier = { ratio: 0.48, interval95: [0.31, 0.72] as [number, number], p: 0.0008, pAdjusted: 0.004 };

const slower = createStreamCell(regression);
const faster = createCell({ ...improvement, spread: { ...steadier, verdict: 'improved' } });
const quiet = [createStreamCell(), createCell(), ...quietCells];

function createMixed(): Comparison {
  return compareOnHost([slower, faster, fasterTail, open, noisy, ...quietCells], {
    environmentDifference: [{ scope: 'guest', key: 'cpu.allowed', baseline: '0-3', candidate: '1', declared: true }],
    notApplied: [
      { parameter: 'host.governor', layer: 'host', side: 'baseline', value: 'performance' },
      { parameter: 'host.governor', layer: 'host', side: 'candidate', value: 'performance' },
    ],
    parameterDifference: [
      notReached,
      { parameter: 'guest.docker.cpuset', layer: 'guest', baseline: null, candidate: '1', applied: true },
    ],
    guestRatios: [
      createGuestRatio('baseline', { estimate: 1.273, interval95: [1.21, 1.339] }),
      createGuestRatio('candidate', { estimate: 0.894, interval95: [0.86, 0.93] }),
    ],
    warnings: ['The load of the machine rose to 3.1 while it was measured.'],
  });
}

const failure = { conclusion: 'failure', sentence: 'A gated row got worse.' } as const;
const success = { conclusion: 'success', sentence: 'No gated row got worse.' } as const;

function finish(result: Comparison, overrides: Partial<CommentInput> = {}): CommentInput {
  return createInput({ sections: [createSection(result)], gate: success, ...overrides });
}

function createNotInForce(): Comparison {
  const comparison = createInvalidComparison();
  const reading = { ...cpuset, found: 'Cpus_allowed_list 0-1', result: 'mismatch' as const };
  return { ...comparison, treatment: { ...comparison.treatment, readings: [reading] } };
}

const notReached = {
  parameter: 'host-boot.isolcpus',
  layer: 'host-boot',
  baseline: null,
  candidate: '1-3',
  applied: false,
} as const;

function createPartial(state: 'partial' | 'cancelled'): CommentInput {
  const hosts = ['lab-1', 'lab-2'];
  const part = compareOnHost([faster, open], {
    context: { status: state === 'partial' ? 'partial' : 'interrupted' },
    failures: [
      {
        ...{ deployment: 'd007', side: 'candidate', guest: 'qemu', attachment: 'bridge', test: null },
        ...{ reason: 'the guest was not ready within 30 s', retried: false },
      },
    ],
    warnings: ['qemu/bridge: 3 of 5 planned deployments of the candidate have data.'],
  });
  return createInput({
    state,
    request: createRequest({ hosts }),
    gate: { conclusion: 'failure', sentence: 'Not everything that was planned was measured.' },
    sections:
      state === 'partial'
        ? [
            createSection(part, { missing: '3 of 10 starts of qemu failed: the guest was not ready within 30 s' }),
            createSection(null, { host: 'lab-2', missing: 'the host stopped answering after 12 minutes' }),
          ]
        : [createSection(part, { missing: 'the job was cancelled after 14 of 40 fresh starts' })],
  });
}

const waiting = createRequest({
  shouldMeasure: false,
  reason: 'needs-approval',
  hosts: ['stock', 'tuned'],
  comparisons: [
    createRequested({
      cells: 42,
      estimatedSeconds: 2290,
      detectableChange: 0.034,
      parameterDifference: [...createRequested().parameterDifference, notReached],
      notes: ['host-boot.isolcpus is not measured by plan quick, whose layers are guest'],
    }),
  ],
});

/** Every situation that a comment has, by the name of its golden file. */
export const situations: Readonly<Record<string, () => CommentInput>> = {
  improved: () => finish(compareOnHost([faster, fasterTail, createStreamCell(), ...quietCells])),
  regressed: () => finish(compareOnHost([slower, createCell(), ...quietCells]), { gate: failure }),
  unchanged: () => finish(compareOnHost(quiet)),
  inconclusive: () => finish(compareOnHost([createStreamCell(), open, noisy, ...quietCells])),
  'trade-off': () => finish(createMixed(), { gate: failure }),
  invalid: () =>
    finish(createNotInForce(), {
      gate: { conclusion: 'failure', sentence: 'A gated row is invalid: there is no answer.' },
    }),
  'partial-host-died': () => createPartial('partial'),
  cancelled: () => createPartial('cancelled'),
  failed: () =>
    createInput({
      state: 'failed',
      request: null,
      links: { run: createInput().links.run, artifacts: [] },
      gate: { conclusion: 'failure', sentence: 'The job plan failed.' },
    }),
  measuring: () =>
    createInput({ state: 'measuring', request: { ...waiting, shouldMeasure: true, reason: null, notes: [] } }),
  approval: () => createInput({ state: 'waiting-for-approval', request: waiting }),
  nothing: () =>
    createInput({
      state: 'nothing-to-measure',
      request: createRequest({ shouldMeasure: false, reason: 'no-tuning-files', comparisons: [] }),
      links: { run: createInput().links.run, artifacts: [] },
      gate: { conclusion: 'success', sentence: 'There was nothing to measure.' },
    }),
  'deleted-profile': () =>
    createInput({
      state: 'nothing-to-measure',
      request: createRequest({
        shouldMeasure: false,
        reason: 'nothing-to-compare',
        comparisons: [
          createRequested({
            name: 'old-rt',
            change: 'deleted',
            baseline: null,
            candidate: null,
            cells: 0,
            parameterDifference: [
              { parameter: 'guest.docker.cpuset', layer: 'guest', baseline: '1', candidate: null, applied: false },
            ],
          }),
        ],
      }),
      gate: { conclusion: 'success', sentence: 'A deleted profile has nothing to be compared with.' },
    }),
  'invalid-files': () =>
    createInput({
      state: 'nothing-to-measure',
      request: createRequest({
        shouldMeasure: false,
        reason: 'invalid-files',
        comparisons: [],
        notes: [
          'runner-setup/profiles/tuned.yaml, line 4: guest.docker.cpus must be a number above 0, found "many"',
          'runner-setup/profiles/tuned.yaml, line 9: found host.shell, which is no parameter; accepted are those of docs/parameters.md',
        ],
      }),
      gate: { conclusion: 'failure', sentence: 'Files of this pull request cannot be used.' },
    }),
  'two-by-two': () =>
    createInput({
      request: createRequest({
        hosts: ['stock', 'tuned'],
        comparisons: [createRequested(), createRequested({ name: 'tuned-rt' })],
      }),
      gate: failure,
      sections: [
        createSection(createMixed(), { host: 'stock' }),
        createSection(compareOnHost([faster, createStreamCell()]), { host: 'tuned' }),
        createSection(compareOnHost(quiet), { comparison: 'tuned-rt', host: 'stock' }),
        createSection(compareOnHost([open, createStreamCell()]), { comparison: 'tuned-rt', host: 'tuned' }),
      ],
    }),
};
