import { computeQuantile } from '../../../src/statistics/quantile.ts';
import { createRandom, type Random } from '../../../src/statistics/random.ts';
import { type Engine, noMargin } from '../engine.ts';
import { peers } from '../peers/peers.ts';
import type { Answer } from '../peers/rule.ts';
import { drawCell, flatten, injectChange } from '../simulation/scenario.ts';
import type { NamedScenario } from '../simulation/scenarios.ts';
import type { Setting } from './setting.ts';

/** A scenario with a true change of the candidate, many times. Found means: in the right direction. */
export interface PowerOutcome {
  readonly kind: 'power';
  readonly scenario: string;
  readonly change: number;
  readonly repetitions: number;
  readonly found: Readonly<Record<string, number>>;
  /**
   * The same for peers whose threshold was moved, on as many cells without a change of this very scenario, to where
   * they report a difference in 5 % of them: the best setting they could have.
   */
  readonly foundWhenTuned: Readonly<Record<string, number>>;
}

/** @param change relative, not 0 */
export function runPower(
  engine: Engine,
  scenario: NamedScenario,
  change: number,
  { seed, repetitions }: Setting,
): PowerOutcome {
  const random = createRandom(`${seed}:power:${scenario.id}:${change}`);
  const direction = change > 0 ? 'up' : 'down';
  const thresholds = tunePeers(scenario, repetitions, random);
  const none = () => Object.fromEntries(peers.map(({ name }) => [name, 0]));
  const found: Record<string, number> = { Tunegate: 0, ...none() };
  const foundWhenTuned: Record<string, number> = none();
  const add = (counts: Record<string, number>, name: string) => {
    counts[name] = (counts[name] ?? 0) + 1;
  };
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    const data = injectChange(drawCell(scenario, random), change);
    const cell = { id: `cell/${repetition}`, observation: scenario.observation, data };
    const [answer] = engine([cell], { seed: repetition, margin: noMargin });
    if (answer?.found === direction) add(found, 'Tunegate');
    for (const [index, peer] of askPeers(data, random).entries()) {
      const name = peers[index]?.name ?? '';
      if (peer.found === direction) add(found, name);
      if (peer.score < (thresholds[index] ?? -Infinity)) add(foundWhenTuned, name);
    }
  }
  return { kind: 'power', scenario: scenario.id, change, repetitions, found, foundWhenTuned };
}

function askPeers(data: Parameters<typeof injectChange>[0], random: Random): readonly Answer[] {
  const sides = { baseline: flatten(data.baseline), candidate: flatten(data.candidate) };
  return peers.map((peer) => peer.decide(sides, random));
}

/** For each peer the score below which 5 % of cells without a change lie. */
function tunePeers(scenario: NamedScenario, repetitions: number, random: Random): readonly number[] {
  const scores = Array.from({ length: repetitions }, () =>
    askPeers(drawCell(scenario, random), random).map(({ score }) => (Number.isFinite(score) ? score : 1e9)),
  );
  return peers.map((_, index) =>
    computeQuantile(
      scores.map((row) => row[index] ?? 0),
      0.05,
    ),
  );
}
