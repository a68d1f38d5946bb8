import { createRandom } from '../../../src/statistics/random.ts';
import { type Engine, noMargin } from '../engine.ts';
import { peers } from '../peers/peers.ts';
import { drawCell, flatten } from '../simulation/scenario.ts';
import type { NamedScenario } from '../simulation/scenarios.ts';
import type { Setting } from './setting.ts';

/** A scenario without any difference between the sides, many times. */
export interface NullOutcome {
  readonly kind: 'null';
  readonly scenario: string;
  readonly repetitions: number;
  /** How often each rule reported a difference, by its name; Tunegate's by its verdict. */
  readonly found: Readonly<Record<string, number>>;
  /** Tunegate: p at most 0.05, whatever the verdict. */
  readonly significant: number;
  /** Tunegate: inconclusive because of a diagnostic. */
  readonly diagnosed: number;
  /** Tunegate: 95 % intervals that were given, and that hold the truth. */
  readonly intervals: number;
  readonly covering: number;
}

export function runNull(engine: Engine, scenario: NamedScenario, { seed, repetitions }: Setting): NullOutcome {
  const random = createRandom(`${seed}:null:${scenario.id}`);
  const found: Record<string, number> = { Tunegate: 0, ...Object.fromEntries(peers.map(({ name }) => [name, 0])) };
  const count = (name: string, isFound: boolean) => {
    if (isFound) found[name] = (found[name] ?? 0) + 1;
  };
  const tally = { significant: 0, diagnosed: 0, intervals: 0, covering: 0 };
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    const data = drawCell(scenario, random);
    const cell = { id: `cell/${repetition}`, observation: scenario.observation, data };
    for (const answer of engine([cell], { seed: repetition, margin: noMargin })) {
      count('Tunegate', answer.found !== null);
      if (answer.p !== null && answer.p <= 0.05) tally.significant += 1;
      if (answer.diagnosed) tally.diagnosed += 1;
      if (answer.interval95 !== null) tally.intervals += 1;
      if (answer.interval95 !== null && answer.interval95[0] <= 1 && answer.interval95[1] >= 1) tally.covering += 1;
    }
    const sides = { baseline: flatten(data.baseline), candidate: flatten(data.candidate) };
    for (const peer of peers) count(peer.name, peer.decide(sides, random).found !== null);
  }
  return { kind: 'null', scenario: scenario.id, repetitions, found, ...tally };
}
