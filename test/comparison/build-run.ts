import type { ResolvedPlan } from '../../src/plans/plan.schema.ts';
import type { Check, DeploymentLine, JournalLine, Run, SampleLine } from '../../src/results/journal.schema.ts';
import { metricsByTest } from '../../src/results/metrics.ts';
import type { Attachment, GuestKind, Side, TestName } from '../../src/vocabulary.ts';

/** Where a value belongs: enough to make one up. */
export interface Spot {
  readonly side: Side;
  readonly guest: GuestKind;
  readonly attachment: Attachment;
  readonly test: TestName;
  readonly metric: string;
  /** Of the side, guest and attachment, from 0. */
  readonly deployment: number;
  /** Inside the deployment, from 0. */
  readonly sample: number;
}

export interface RunShape {
  readonly id: string;
  readonly plan: Partial<ResolvedPlan>;
  readonly parameters: Readonly<Record<Side, Run['header']['baseline']['parameters']>>;
  readonly host: string;
  readonly facts: (side: Side, guest: GuestKind) => NonNullable<DeploymentLine['facts']>;
  readonly checks: (side: Side, guest: GuestKind, deployment: number) => readonly Check[];
  /** In regime `boot`, where every deployment of a guest has a boot of its own unless it is said. */
  readonly bootId: (side: Side, deployment: number) => string;
  /** Base units; null: the sample does not report the metric. */
  readonly value: (spot: Spot) => number | null;
  readonly versions: Run['header']['versions'];
}

const time = '2026-01-02T03:04:05.000Z';
const values: Readonly<Record<string, number>> = {
  throughput: 1e9,
  sent: 1.1e9,
  loss: 0,
  retransmits: 0,
  jitter: 2e-6,
  transactions: 20_000,
  latency: 5e-5,
  latency_p50: 5e-5,
  latency_p90: 6e-5,
  latency_p99: 9e-5,
  latency_max: 4e-4,
};

/** A steady, slightly uneven value: no side is better, deployments differ by about half a per cent. */
export function usualValue({ side, metric, deployment, sample }: Spot): number {
  const wobble =
    Math.sin(1 + deployment * 2.3 + (side === 'candidate' ? 0.7 : 0)) * 0.005 + Math.sin(sample * 1.7) * 0.001;
  return (values[metric] ?? 1) * (1 + wobble);
}

export const verified: Check = {
  parameter: 'guest.docker.cpuset',
  layer: 'guest',
  requested: '1',
  found: 'Cpus_allowed_list 1',
  probe: '/proc/PID/status',
  result: 'verified',
};

export const usualShape: RunShape = {
  id: 'run-1',
  plan: {},
  parameters: { baseline: {}, candidate: { 'guest.docker.cpuset': '1', 'host.governor': 'performance' } },
  host: 'local',
  facts: (_, guest) => ({
    host: { 'kernel.release': '6.1.0', 'cpu.governor': 'powersave', 'cpu.isolated': null },
    guest: guest === 'docker' ? { 'mtu.guest': 1500 } : {},
    client: { 'kernel.release': '6.1.0' },
  }),
  checks: (side) => (side === 'candidate' ? [verified] : []),
  bootId: (side, deployment) => `boot-${side}-${deployment}`,
  value: usualValue,
  versions: { netperf: '2.7.0', ping: 'iputils 20221126', iperf3: '3.12', tunegate: '0.1.0' },
};

/** A complete run whose sides alternate; `overrides` change its shape. */
export function buildRun(overrides: Partial<RunShape> = {}): Run {
  const shape = { ...usualShape, ...overrides };
  const plan = buildPlan(shape.plan);
  const deployments = listDeployments(shape, plan);
  return {
    header: buildHeader(shape, plan),
    deployments,
    samples: deployments
      .flatMap((line) => buildSamples(line, shape, plan))
      .map((sample, index) => ({ ...sample, order: index + 1 })),
    deploymentEnds: deployments.map(({ id }) => ({ kind: 'deployment-end', time, id, status: 'ok', reason: null })),
    resumedAfter: [],
    end: { kind: 'run-end', time, status: 'complete', reason: null },
    warnings: [],
  };
}

/** The journal a run would have been read from. */
export function renderJournal(run: Run): string {
  const lines: JournalLine[] = [run.header];
  for (const deployment of run.deployments) {
    lines.push(deployment, ...run.samples.filter((sample) => sample.deployment === deployment.id));
    lines.push(...run.deploymentEnds.filter((end) => end.id === deployment.id));
  }
  if (run.end !== null) lines.push(run.end);
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

function buildPlan(overrides: Partial<ResolvedPlan>): ResolvedPlan {
  return {
    name: 'test',
    description: 'A plan for tests.',
    layers: ['guest'],
    guests: ['docker'],
    attachments: ['bridge'],
    tests: ['tcp_rr'],
    deployments: 4,
    samples: 2,
    seconds: 1,
    ping: { count: 10, intervalSeconds: 0.1 },
    iperfUdpBitsPerSecond: 100_000_000,
    regime: 'deployment',
    unsupported: [],
    ...overrides,
  };
}

function buildHeader({ id, parameters, versions }: RunShape, plan: ResolvedPlan): Run['header'] {
  const side = (profile: string, digit: string, own: RunShape['parameters']['baseline']) => ({
    profile,
    sha256: digit.repeat(64),
    revision: null,
    parameters: own,
  });
  return {
    kind: 'run',
    time,
    schema: 'tunegate.run/1',
    id,
    seed: 7,
    plan,
    topology: 'embedded',
    baseline: side('stock', 'a', parameters.baseline),
    candidate: side('tuned', 'b', parameters.candidate),
    versions,
  };
}

function listDeployments(shape: RunShape, plan: ResolvedPlan): DeploymentLine[] {
  const lines: DeploymentLine[] = [];
  let block = 0;
  for (const guest of plan.guests) {
    for (const attachment of plan.attachments) {
      block += 1;
      for (let index = 0; index < plan.deployments; index += 1) {
        const order: readonly Side[] = index % 2 === 0 ? ['baseline', 'candidate'] : ['candidate', 'baseline'];
        for (const side of order) {
          const number = lines.length + 1;
          lines.push({
            kind: 'deployment',
            time,
            id: `d${String(number).padStart(3, '0')}`,
            order: number,
            block,
            side,
            host: shape.host,
            guest,
            attachment,
            accelerator: null,
            bootId: plan.regime === 'boot' ? shape.bootId(side, index) : 'boot-1',
            readySeconds: 1 + index / 10,
            facts: shape.facts(side, guest),
            checks: [...shape.checks(side, guest, index)],
          });
        }
      }
    }
  }
  return lines;
}

function buildSamples(line: DeploymentLine, shape: RunShape, plan: ResolvedPlan): SampleLine[] {
  const deployment = Math.round(((line.readySeconds ?? 1) - 1) * 10);
  return plan.tests
    .filter((test) => !plan.unsupported.some((entry) => entry.guest === line.guest && entry.test === test))
    .flatMap((test) => [
      buildSample(line, test, 'warmup', { ...line, test, metric: '', deployment, sample: 100 }, shape),
      ...Array.from({ length: plan.samples }, (_, sample) =>
        buildSample(line, test, 'measure', { ...line, test, metric: '', deployment, sample }, shape),
      ),
    ]);
}

function buildSample(
  line: DeploymentLine,
  test: TestName,
  phase: SampleLine['phase'],
  spot: Spot,
  shape: RunShape,
): SampleLine {
  const tool = test === 'ping' ? 'ping' : test.startsWith('iperf') ? 'iperf3' : 'netperf';
  const metrics: SampleLine['metrics'] = {};
  for (const { name, unit } of metricsByTest[test]) {
    const value = shape.value({ ...spot, metric: name });
    if (value !== null) metrics[name] = { value, unit };
  }
  const latency = metrics.latency;
  if (test === 'ping' && latency !== undefined && 'value' in latency) {
    metrics.replies = { values: [0.9, 1, 1.3].map((factor) => factor * latency.value), unit: 's' };
  }
  return {
    kind: 'sample',
    time,
    deployment: line.id,
    test,
    tool: `${tool} ${shape.versions[tool]}`,
    phase,
    block: line.block,
    order: 1,
    start: time,
    seconds: 1.002,
    argv: [tool],
    status: 'ok',
    reason: null,
    metrics,
    diagnostics: { 'load.1m': 0.5 + spot.deployment / 10 },
  };
}
