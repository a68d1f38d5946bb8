import { computeQuantile } from '../../../src/statistics/quantile.ts';
import { createRandom } from '../../../src/statistics/random.ts';
import { type Engine, noMargin } from '../engine.ts';
import { peers } from '../peers/peers.ts';
import { drawCell, flatten, injectChange } from '../simulation/scenario.ts';
import type { NamedScenario } from '../simulation/scenarios.ts';
import { drawShape } from '../simulation/shapes.ts';
import type { Setting } from './setting.ts';

/** Power of every rule along a ladder of changes, and where it reaches 0.8. */
export interface SmallestOutcome {
  readonly kind: 'smallest';
  readonly scenario: string;
  readonly repetitions: number;
  /** Interquartile range of single samples, relative. */
  readonly interquartileRange: number;
  /** By rule, relative to the interquartile range; null where the ladder ends before. */
  readonly smallest: Readonly<Record<string, number | null>>;
}

/** Changes in interquartile ranges. */
const ladder = [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.85, 1, 1.25, 1.5, 2, 3];
const wantedPower = 0.8;

export function runSmallest(engine: Engine, scenario: NamedScenario, { seed, repetitions }: Setting): SmallestOutcome {
  const random = createRandom(`${seed}:smallest:${scenario.id}`);
  const draws = Array.from({ length: 20_001 }, () => scenario.scale * drawShape(scenario.shape, random));
  const interquartileRange = computeQuantile(draws, 0.75) - computeQuantile(draws, 0.25);
  const found = new Map<string, number[]>();
  const add = (name: string, rung: number) => {
    const counts = found.get(name) ?? new Array<number>(ladder.length).fill(0);
    counts[rung] = (counts[rung] ?? 0) + 1;
    found.set(name, counts);
  };
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    const quiet = drawCell(scenario, random);
    for (const [rung, size] of ladder.entries()) {
      const data = injectChange(quiet, Math.expm1(size * interquartileRange));
      const cell = { id: `cell/${repetition}`, observation: scenario.observation, data };
      if (engine([cell], { seed: repetition, margin: noMargin })[0]?.found === 'up') add('Tunegate', rung);
      const sides = { baseline: flatten(data.baseline), candidate: flatten(data.candidate) };
      for (const peer of peers) if (peer.decide(sides, random).found === 'up') add(peer.name, rung);
    }
  }
  const names = ['Tunegate', ...peers.map(({ name }) => name)];
  const smallest = Object.fromEntries(
    names.map((name) => [name, interpolate((found.get(name) ?? []).map((count) => count / repetitions))]),
  );
  return { kind: 'smallest', scenario: scenario.id, repetitions, interquartileRange, smallest };
}

/** Where the power along the ladder first reaches 0.8, on a straight line between its rungs. */
function interpolate(power: readonly number[]): number | null {
  const above = power.findIndex((share) => share >= wantedPower);
  const [high, highPower] = [ladder[above], power[above]];
  if (high === undefined || highPower === undefined) return null;
  const [low, lowPower] = [ladder[above - 1] ?? 0, power[above - 1] ?? 0];
  return low + ((wantedPower - lowPower) / (highPower - lowPower)) * (high - low);
}
