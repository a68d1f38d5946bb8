import { describe, expect, it } from 'vitest';
import type { Check } from '../../src/results/journal.schema.ts';
import { buildRun, type RunShape, usualShape, verified } from './build-run.ts';
import { compare, compareLatency, findCell, scaleCandidate } from './compare.ts';

const mismatch: Check = { ...verified, found: 'Cpus_allowed_list 0-1', result: 'mismatch' };

/** The usual facts with one more in the given scope, different on the two sides. */
function differingFact(scope: 'host' | 'guest' | 'client', key: string): Partial<RunShape> {
  return {
    facts: (side, guest) => {
      const facts = usualShape.facts(side, guest);
      return { ...facts, [scope]: { ...facts[scope], [key]: `of the ${side}` } };
    },
  };
}

describe('a treatment that is not in force', () => {
  it('makes the cells of that guest and attachment invalid, request and reading side by side', () => {
    const run = buildRun({
      plan: { guests: ['docker', 'bare'] },
      checks: (side, guest, deployment) =>
        side === 'candidate' && guest === 'docker' && deployment === 2 ? [mismatch] : [],
      value: scaleCandidate(1.5),
    });
    const comparison = compare(run);
    expect(findCell(comparison, 'docker/bridge/tcp_rr/latency')).toMatchObject({
      verdict: 'invalid',
      reason: 'guest.docker.cpuset is not in force on the candidate: asked for 1, found Cpus_allowed_list 0-1',
    });
    expect(findCell(comparison, 'docker/bridge/tcp_rr/latency_p99').verdict).toBe('invalid');
    expect(findCell(comparison, 'bare/bridge/tcp_rr/latency').verdict).toBe('regressed');
    expect(comparison.family).toMatchObject({ verdict: 'regressed', invalid: 1, regressed: 1 });
  });

  it('makes them invalid on the baseline as well, and keeps the figures', () => {
    const cell = compareLatency({
      checks: (side) => (side === 'baseline' ? [mismatch] : []),
      value: scaleCandidate(1.5),
    });
    expect(cell.verdict).toBe('invalid');
    expect(cell.ratio?.estimate).toBeCloseTo(1.5, 1);
    expect(cell.pAdjusted).toBeLessThan(0.05);
  });

  it('is the verdict even when the mismatch left no samples', () => {
    const run = { ...buildRun({ checks: (side) => (side === 'candidate' ? [mismatch] : []) }), samples: [] };
    expect(findCell(compare(run), 'docker/bridge/tcp_rr/latency').verdict).toBe('invalid');
  });

  it.each(['verified', 'unprobed', 'not-applicable'] as const)('%s does not make a cell invalid', (result) => {
    expect(compareLatency({ checks: () => [{ ...verified, result }] }).verdict).not.toBe('invalid');
  });

  it('is counted over all deployments and listed once a side', () => {
    const unprobed: Check = { ...verified, parameter: 'guest.docker.memory', result: 'unprobed' };
    const checks = (side: string, _: string, deployment: number) => [
      verified,
      side === 'candidate' ? { ...mismatch, probe: `/proc/${deployment}/status` } : unprobed,
      { ...verified, parameter: 'guest.qemu.cpu', result: 'not-applicable' as const },
    ];
    const { treatment } = compare(buildRun({ checks }));
    expect(treatment).toMatchObject({ verified: 8, mismatch: 4, unprobed: 4, notApplicable: 8 });
    expect(treatment.notVerified.map(({ side, parameter, result }) => `${side} ${parameter} ${result}`)).toEqual([
      'baseline guest.docker.memory unprobed',
      'baseline guest.qemu.cpu not-applicable',
      'candidate guest.docker.cpuset mismatch',
      'candidate guest.qemu.cpu not-applicable',
    ]);
  });

  it('keeps one reading of each result a side for the parameters that the sides set differently', () => {
    const checks = (side: string, _: string, deployment: number) =>
      side === 'candidate'
        ? [
            { ...verified, found: `Cpus_allowed_list 1 of ${deployment}` },
            { ...verified, parameter: 'guest.docker.memory' },
            ...(deployment === 3 ? [mismatch] : []),
          ]
        : [];
    const { treatment } = compare(buildRun({ checks }));
    expect(treatment.readings?.map(({ side, parameter, found }) => `${side} ${parameter} ${found}`)).toEqual([
      'candidate guest.docker.cpuset Cpus_allowed_list 1 of 0',
      'candidate guest.docker.cpuset Cpus_allowed_list 0-1',
    ]);
  });
});

describe('sides that differ in more than the treatment', () => {
  it.each([
    ['host', 'kernel.release'],
    ['host', 'kernel.cmdline'],
    ['host', 'tcp.congestion_control'],
    ['guest', 'qdisc.guest'],
    ['guest', 'mtu.guest'],
    ['client', 'offload.wire.tcp-segmentation-offload'],
    ['host', 'cpu.governor'],
    ['host', 'mitigations.spectre_v2'],
  ] as const)('%s.%s makes the cell invalid', (scope, key) => {
    const run = buildRun(differingFact(scope, key));
    const comparison = compare(run);
    expect(findCell(comparison, 'docker/bridge/tcp_rr/latency')).toMatchObject({
      verdict: 'invalid',
      reason: `the sides differ in ${scope}.${key}, which no changed parameter declares: baseline of the baseline, candidate of the candidate`,
    });
    expect(comparison.environmentDifference).toEqual([
      { scope, key, baseline: 'of the baseline', candidate: 'of the candidate', declared: false },
    ]);
    expect(comparison.context?.facts).not.toHaveProperty([`${scope}.${key}`]);
  });

  it.each([
    ['host', 'cpu.model'],
    ['host', 'memory.gibibytes'],
    ['guest', 'image.kernel_hint'],
  ] as const)('%s.%s is listed and does not', (scope, key) => {
    const comparison = compare(buildRun(differingFact(scope, key)));
    expect(comparison.environmentDifference).toHaveLength(1);
    expect(comparison.cells[0]?.verdict).not.toBe('invalid');
  });

  it('is fine where an applied parameter declares it', () => {
    const shape = differingFact('guest', 'mtu.guest');
    const declaredFacts = (parameter: string) => (parameter === 'guest.docker.cpuset' ? ['guest.mtu.guest'] : []);
    expect(compareLatency(shape, { declaredFacts }).verdict).not.toBe('invalid');
    expect(compare(buildRun(shape), { declaredFacts }).environmentDifference[0]?.declared).toBe(true);
  });

  it.each([
    ['host.mitigations.*', true],
    ['host.mit.*', false],
    ['host.mitigations.spectre_v2.*', false],
    ['guest.mitigations.*', false],
  ])('is declared by %s: %s', (entry, declared) => {
    const shape = differingFact('host', 'mitigations.spectre_v2');
    expect(compare(buildRun(shape), { declaredFacts: () => [entry] }).environmentDifference).toMatchObject([
      { key: 'mitigations.spectre_v2', declared },
    ]);
  });

  it('is not declared by a parameter that is the same on both sides, or whose layer this run leaves alone', () => {
    const shape = differingFact('host', 'cpu.governor');
    const declaredFacts = () => ['host.cpu.governor'];
    const same = { baseline: { 'guest.docker.cpuset': '1' }, candidate: { 'guest.docker.cpuset': '1' } };
    expect(compareLatency({ ...shape, parameters: same }, { declaredFacts }).verdict).toBe('invalid');
    const elsewhere = { baseline: {}, candidate: { 'host.governor': 'performance' } };
    expect(compareLatency({ ...shape, parameters: elsewhere }, { declaredFacts }).verdict).toBe('invalid');
    const applied = { ...shape, parameters: elsewhere, plan: { layers: ['host' as const] } };
    expect(compareLatency(applied, { declaredFacts }).verdict).not.toBe('invalid');
  });

  it('concerns only the guests that have the difference, and shows all values of a side', () => {
    const run = buildRun({
      plan: { guests: ['docker', 'bare'], deployments: 4 },
      facts: (side, guest) => ({
        host: { 'kernel.release': guest === 'docker' && side === 'candidate' ? '6.9' : '6.1' },
        guest: {},
        client: side === 'baseline' ? { 'cpu.model': 'X' } : {},
      }),
    });
    const comparison = compare(run);
    expect(findCell(comparison, 'docker/bridge/tcp_rr/latency').verdict).toBe('invalid');
    expect(findCell(comparison, 'bare/bridge/tcp_rr/latency').verdict).not.toBe('invalid');
    expect(comparison.environmentDifference).toEqual([
      { scope: 'host', key: 'kernel.release', baseline: '6.1', candidate: '6.9', declared: false },
      { scope: 'client', key: 'cpu.model', baseline: 'X', candidate: 'absent', declared: false },
    ]);
  });

  it('is not a difference when both sides saw the same values in another order', () => {
    let count = 0;
    const facts = () => ({
      host: { 'kernel.release': (count++ >> 1) % 2 === 0 ? '6.1' : '6.9' },
      guest: {},
      client: {},
    });
    const comparison = compare(buildRun({ facts }));
    expect(comparison.environmentDifference).toEqual([]);
    expect(comparison.context?.facts).toEqual({});
  });
});

describe('figures of different makers', () => {
  it('are invalid when the accelerators differ', () => {
    const run = buildRun();
    const deployments = run.deployments.map((line) => ({
      ...line,
      accelerator: line.side === 'baseline' ? ('kvm' as const) : ('tcg' as const),
    }));
    expect(compare({ ...run, deployments }).cells[0]).toMatchObject({
      verdict: 'invalid',
      reason: 'more than one accelerator: baseline kvm, candidate tcg',
    });
  });

  it('are invalid when the tools differ', () => {
    const other = buildRun({ id: 'run-2', versions: { netperf: '2.6.0' } });
    expect(compare([buildRun(), other]).cells[0]).toMatchObject({
      verdict: 'invalid',
      reason: 'more than one measuring tool: baseline netperf 2.7.0, candidate netperf 2.6.0',
    });
  });
});

describe('parameters', () => {
  const run = buildRun({
    plan: { layers: ['guest', 'daemon'] },
    parameters: {
      baseline: { 'guest.docker.memory': '1g', 'guest.docker.init': true, 'host.governor': 'powersave' },
      candidate: {
        'guest.docker.memory': '2g',
        'guest.docker.init': true,
        'host-boot.isolcpus': [1, '2-3'],
        'daemon.mtu': 9000,
      },
    },
  });

  it('that differ are listed with their layer and whether it was applied', () => {
    expect(compare(run).parameterDifference).toEqual([
      { parameter: 'daemon.mtu', layer: 'daemon', baseline: null, candidate: '9000', applied: true },
      { parameter: 'guest.docker.memory', layer: 'guest', baseline: '1g', candidate: '2g', applied: true },
      { parameter: 'host-boot.isolcpus', layer: 'host-boot', baseline: null, candidate: '1, 2-3', applied: false },
      { parameter: 'host.governor', layer: 'host', baseline: 'powersave', candidate: null, applied: false },
    ]);
  });

  it('that were not applied are listed by side', () => {
    expect(compare(run).notApplied).toEqual([
      { parameter: 'host.governor', layer: 'host', side: 'baseline', value: 'powersave' },
      { parameter: 'host-boot.isolcpus', layer: 'host-boot', side: 'candidate', value: '1, 2-3' },
    ]);
  });

  it('of no layer are refused', () => {
    const parameters = { baseline: {}, candidate: { 'router.mtu': 1 } };
    expect(() => compare(buildRun({ parameters }))).toThrow(
      'the parameter "router.mtu" of the journal belongs to no layer; its first part must be one of host-boot, host, daemon, guest',
    );
  });

  it('that do not differ where they were applied make an A/A comparison, which is said', () => {
    const same = buildRun({ parameters: { baseline: {}, candidate: { 'host.governor': 'performance' } } });
    const sentence =
      'The sides do not differ in any applied parameter: this is an A/A comparison, which must stay silent.';
    expect(compare(same).warnings).toEqual([sentence]);
    expect(compare(buildRun()).warnings).toEqual([]);
  });
});
