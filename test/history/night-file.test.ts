import { describe, expect, it } from 'vitest';
import { compareWithCatalogue } from '../../src/comparison/compare-with-catalogue.ts';
import { defaultPolicy } from '../../src/comparison/policy.schema.ts';
import { buildNight } from '../../src/history/build-night.ts';
import { listChanges } from '../../src/history/night-environment.ts';
import { nightPath, parseNight, readNightPath, renderNight } from '../../src/history/night-file.ts';
import { buildTracks } from '../../src/history/stretches.ts';
import { buildRun } from '../comparison/build-run.ts';
import { createNight } from './night-factory.ts';

const names = { host: 'tuned', comparison: 'tuned', commit: 'c'.repeat(40), run: { id: '77', attempt: 2 } };
const build = (run = buildRun()) => buildNight(run, compareWithCatalogue([run], defaultPolicy), names);

describe('a night', () => {
  it('keeps of a run what later nights need', () => {
    const night = build(buildRun({ plan: { tests: ['tcp_rr', 'tcp_stream'], guests: ['docker', 'bare'] } }));
    expect(night).toMatchObject({
      ...names,
      time: '2026-01-02T03:04:05.000Z',
      design: { plan: 'test', deployments: 4, samples: 2, seconds: 1, regime: 'deployment' },
      status: 'complete',
      baseline: { profile: 'stock' },
      environment: { 'host.kernel.release': '6.1.0', 'host.cpu.governor': 'powersave', 'version.netperf': '2.7.0' },
    });
    expect(night.environment).not.toHaveProperty('version.tunegate');
    expect(night.cells.map(({ id, role }) => `${role} ${id}`)).toEqual([
      'primary docker/bridge/tcp_stream/throughput',
      'primary docker/bridge/tcp_rr/latency',
      'secondary docker/bridge/tcp_rr/latency_p99',
      'primary bare/bridge/tcp_stream/throughput',
      'primary bare/bridge/tcp_rr/latency',
      'secondary bare/bridge/tcp_rr/latency_p99',
    ]);
    const [, cell] = night.cells;
    expect(cell?.baseline.medians).toHaveLength(4);
    expect(cell?.baseline.samples).toEqual([2, 2, 2, 2]);
    expect(cell?.baseline.spreads.every((spread) => spread !== null && spread > 0)).toBe(true);
    expect(cell?.ratio).toBeGreaterThan(0.9);
    expect(cell?.margin).toBe(0.02);
  });

  it('is small, also with many cells', () => {
    const plan = {
      guests: ['docker', 'qemu', 'bare'] as const,
      attachments: ['bridge', 'physical'] as const,
      tests: ['tcp_stream', 'tcp_rr', 'udp_stream', 'udp_rr', 'iperf_tcp', 'iperf_udp', 'ping'] as const,
      deployments: 10,
    };
    const run = buildRun({
      plan: { ...plan, guests: [...plan.guests], attachments: [...plan.attachments], tests: [...plan.tests] },
    });
    expect(renderNight(build(run)).length).toBeLessThan(100_000);
  });

  it('comes back from its file as it was, and the path tells where it belongs', () => {
    const night = build();
    const path = nightPath(night);
    expect(path).toBe('nights/2026/tuned/tuned/2026-01-02T030405Z-77-2.json');
    expect(parseNight(renderNight(night), path)).toEqual({ kind: 'night', night });
    expect(readNightPath(path)).toEqual({ path, host: 'tuned', comparison: 'tuned', time: '2026-01-02T03:04:05Z' });
  });

  it.each([
    ['is no JSON', '{', undefined],
    ['schema must be tunegate.night/1', JSON.stringify({ ...createNight(), schema: 'x' }), undefined],
    ['host', JSON.stringify({ ...createNight(), host: '../../etc' }), undefined],
    ['holds a night that belongs elsewhere', JSON.stringify(createNight()), nightPath(createNight({ day: 3 }))],
    [
      'differ in length',
      JSON.stringify(
        createNight({
          cells: createNight().cells.map((cell) => ({ ...cell, baseline: { ...cell.baseline, samples: [2] } })),
        }),
      ),
      undefined,
    ],
    ['characters, at most', ' '.repeat(600_000), undefined],
  ])('of unknown origin is refused in words: %s', (words, text, path = nightPath(createNight())) => {
    const parsed = parseNight(text, path);
    expect(parsed.kind === 'broken' ? parsed.reason : '').toContain(words);
  });

  it.each([
    'nights/2026/a/../b/2026-01-01T000000Z-1-1.json',
    'nights/x',
    'nights/2026/.a/b/2026-01-01T000000Z-1-1.json',
    'nights/2026/a/b/2026-99-99T000000Z-1-1.json',
  ])('has no such path as %s', (path) => {
    expect(readNightPath(path)).toBeNull();
  });

  it('is of one run, and of the comparison of that run', () => {
    const [run, other] = [buildRun(), buildRun({ id: 'run-2' })];
    expect(() => buildNight(run, compareWithCatalogue([other], defaultPolicy), names)).toThrow(/of run run-1/);
    expect(() => buildNight(run, compareWithCatalogue([run], defaultPolicy), { ...names, host: 'a/b' })).toThrow(
      /host/,
    );
  });
});

describe('stretches of nights', () => {
  const change = (day: number, overrides: Parameters<typeof createNight>[0]) => createNight({ day, ...overrides });

  it('are cut where profile, plan or environment changes, by host and comparison', () => {
    const nights = [
      change(0, {}),
      change(2, { overrides: { candidate: { profile: 'tuned', sha256: 'd'.repeat(64), revision: null } } }),
      change(1, {}),
      change(0, { host: 'stock' }),
    ];
    const tracks = buildTracks(nights);
    expect(tracks.map(({ host, stretches }) => [host, stretches.map(({ nights: part }) => part.length)])).toEqual([
      ['stock', [1]],
      ['tuned', [2, 1]],
    ]);
    expect(tracks[1]?.stretches[1]?.changes).toEqual([
      { what: 'candidate profile', before: 'tuned bbbbbbbbbbbb', after: 'tuned dddddddddddd' },
    ]);
  });

  it('do not end because a fact is missing for a night, but when it comes back changed', () => {
    const withFacts = (day: number, environment: Record<string, string>) => change(day, { overrides: { environment } });
    const nights = [
      withFacts(0, { a: '1', b: '1' }),
      withFacts(1, { a: '1' }),
      withFacts(2, { a: '1', b: '1' }),
      withFacts(3, { a: '1' }),
      withFacts(4, { a: '1', b: '2' }),
    ];
    expect(buildTracks(nights)[0]?.stretches.map(({ nights: part }) => part.length)).toEqual([4, 1]);
    const [first, last] = [nights[0], nights[4]];
    expect(first && last && listChanges(first, last)).toEqual([{ what: 'b', before: '1', after: '2' }]);
  });
});
