import { describe, expect, it } from 'vitest';
import type { Run, SampleLine } from '../../src/results/journal.schema.ts';
import { buildRun, usualValue } from './build-run.ts';
import { compare } from './compare.ts';

const wire = (driver: string, speed: number | null) => () => ({
  host: {},
  guest: {},
  client: { 'driver.wire': driver, 'speed.wire': speed, 'mtu.wire': 1500 },
});

function withDiagnostics(run: Run, change: (sample: SampleLine, side: string) => SampleLine['diagnostics']): Run {
  const sides = new Map(run.deployments.map(({ id, side }) => [id, side]));
  const samples = run.samples.map((sample) => ({
    ...sample,
    diagnostics: { ...sample.diagnostics, ...change(sample, sides.get(sample.deployment) ?? '') },
  }));
  return { ...run, samples };
}

const plan = { deployments: 8, samples: 5, tests: ['tcp_rr', 'tcp_stream'] as const };
const shape = {
  plan: { ...plan, tests: [...plan.tests] },
  value: (spot: Parameters<typeof usualValue>[0]) =>
    usualValue(spot) * (spot.side === 'candidate' && spot.metric === 'latency' ? 0.7 : 1),
};

describe('a comparison of disturbed runs', () => {
  const verdictOf = (run: Run) => compare(run).cells.find(({ id }) => id.endsWith('tcp_rr/latency'));

  it('loses its verdict when one side alone was disturbed, and says why', () => {
    const run = buildRun(shape);
    expect(verdictOf(run)?.verdict).toBe('improved');
    const disturbed = withDiagnostics(run, (_, side) => ({ 'steal.percent': side === 'baseline' ? 5 : 0 }));
    expect(verdictOf(disturbed)).toMatchObject({
      verdict: 'inconclusive',
      verdictBeforeDiagnostics: 'improved',
      reason: 'disturbance: steal above 1 % in 40 of 40 samples of the baseline and 0 of 40 of the candidate',
    });
  });

  it('keeps it when both were, a little', () => {
    const disturbed = withDiagnostics(buildRun(shape), () => ({ 'steal.percent': 5 }));
    expect(verdictOf(disturbed)).toMatchObject({ verdict: 'improved' });
  });
});

describe('the way that figures took', () => {
  const warningsOf = (run: Run, test: string) => compare(run).cells.find(({ id }) => id.endsWith(test))?.warnings;

  it('is said once where it does not end in hardware', () => {
    const { warnings, cells } = compare(buildRun({ ...shape, facts: wire('veth', 1e10) }));
    expect(warnings.filter((text) => text.includes('ceiling'))).toEqual([
      "The path does not end in hardware (the client's interface is of the kind veth), so no ceiling of a wire applies.",
    ]);
    expect(cells.flatMap((cell) => cell.warnings).join()).not.toContain('wire');
  });

  it('is judged where it does', () => {
    const of = (speed: number) =>
      warningsOf(buildRun({ ...shape, facts: wire('igb', speed) }), 'tcp_stream/throughput');
    expect(of(1e10)?.join()).not.toContain('wire');
    expect(of(1e9)).toContainEqual(
      expect.stringMatching(/^Throughput of the baseline reaches 10\d % of what the wire can/),
    );
    expect(of(1.065e9)).toContainEqual(expect.stringMatching(/^Throughput of the candidate is line rate \(/));
  });

  it('cannot be that of a round trip in less than 0.2 microseconds', () => {
    const value = (spot: Parameters<typeof usualValue>[0]) => usualValue(spot) * (spot.metric === 'latency' ? 1e-3 : 1);
    expect(warningsOf(buildRun({ ...shape, value }), 'tcp_rr/latency')).toContainEqual(
      expect.stringMatching(/^A round trip of the baseline took 0\.0\d+ µs, less than 0\.2 µs/),
    );
  });
});
