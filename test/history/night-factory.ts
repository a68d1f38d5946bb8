import type { Night, NightCell } from '../../src/history/night.schema.ts';
import type { Random } from '../../src/statistics/random.ts';

export interface NightShape {
  /** Days after the first of January 2026, 02:00 UTC. */
  readonly day: number;
  readonly host: string;
  readonly comparison: string;
  readonly cells: readonly NightCell[];
  readonly overrides: Partial<Night>;
}

const start = Date.parse('2026-01-01T02:00:00.000Z');

/** A complete night with one quiet cell. */
export function createNight(shape: Partial<NightShape> = {}): Night {
  const { day = 0, host = 'tuned', comparison = 'tuned', cells = [createNightCell()], overrides = {} } = shape;
  return {
    schema: 'tunegate.night/1',
    time: new Date(start + day * 86_400_000).toISOString(),
    host,
    comparison,
    run: { id: String(1000 + day), attempt: 1 },
    commit: day.toString(16).padStart(40, '0'),
    topology: 'embedded',
    design: { plan: 'full', regime: 'deployment', deployments: 4, samples: 2, seconds: 10 },
    status: 'complete',
    baseline: { profile: 'stock', sha256: 'a'.repeat(64), revision: null },
    candidate: { profile: 'tuned', sha256: 'b'.repeat(64), revision: null },
    environment: { 'host.kernel.release': '6.1.0', 'version.qemu': '7.2.9' },
    cells: [...cells],
    ...overrides,
  };
}

/** A latency cell; logarithms of its baseline's level and of candidate / baseline around 50 µs and 1. */
export function createNightCell({
  id = 'docker/bridge/tcp_rr/latency',
  level = 0,
  effect = 0,
  ...overrides
}: { level?: number; effect?: number } & Partial<NightCell> = {}): NightCell {
  const side = (shift: number) => ({
    medians: [-0.004, 0.002, 0.005, -0.003].map((wobble) => 5e-5 * Math.exp(shift + wobble)),
    samples: [2, 2, 2, 2],
    spreads: [0.001, 0.002, 0.001, 0.002],
  });
  return {
    id,
    role: 'primary',
    metric: { name: 'latency', unit: 's', better: 'lower' },
    baseline: side(level),
    candidate: side(level + effect),
    ratio: Math.exp(effect),
    margin: 0.02,
    verdict: 'unchanged',
    ...overrides,
  };
}

/** A standard normal number (Box and Muller 1958). */
export function drawNormal(random: Random): number {
  const uniform = () => (random.nextUint32() + 1) / 2 ** 32;
  return Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

export interface SeriesShape {
  readonly nights: number;
  readonly cells?: number;
  /** Between nights, of both logarithms. */
  readonly sd: number;
  /** Added to the effect or to the level (both sides) of the first cell on a day. */
  readonly effect?: (day: number) => number;
  readonly level?: (day: number) => number;
  readonly night?: (day: number) => Partial<Night>;
  readonly cell?: Partial<NightCell>;
}

/** Nights in a row whose cells wander independently. */
export function simulateNights(shape: SeriesShape, random: Random): readonly Night[] {
  const { nights, cells = 1, sd, effect = () => 0, level = () => 0, night = () => ({}), cell = {} } = shape;
  return Array.from({ length: nights }, (_, day) =>
    createNight({
      day,
      overrides: night(day),
      cells: Array.from({ length: cells }, (_unused, index) =>
        createNightCell({
          id: `docker/bridge/tcp_rr/latency${index === 0 ? '' : index}`,
          level: sd * drawNormal(random) + (index === 0 ? level(day) : 0),
          effect: sd * drawNormal(random) + (index === 0 ? effect(day) : 0),
          ...cell,
        }),
      ),
    }),
  );
}
