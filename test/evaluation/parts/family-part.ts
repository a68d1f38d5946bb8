import { createRandom } from '../../../src/statistics/random.ts';
import { type Engine, noMargin } from '../engine.ts';
import { peers } from '../peers/peers.ts';
import { drawCell, flatten } from '../simulation/scenario.ts';
import { scenarios } from '../simulation/scenarios.ts';
import type { Setting } from './setting.ts';

/** Comparisons of 48 cells without any difference: how often at least one cell reports one. */
export interface FamilyOutcome {
  readonly kind: 'family';
  readonly cells: number;
  readonly repetitions: number;
  readonly anyFound: Readonly<Record<string, number>>;
}

const familySize = 48;

/** Cells of all our designs by turns, so that block, sample and deployment rules share a family. */
export function runFamily(engine: Engine, { seed, repetitions }: Setting): FamilyOutcome {
  const ours = scenarios.filter(({ isOurs }) => isOurs);
  const random = createRandom(`${seed}:family`);
  const anyFound: Record<string, number> = { Tunegate: 0, ...Object.fromEntries(peers.map(({ name }) => [name, 0])) };
  const count = (name: string, isFound: boolean) => {
    if (isFound) anyFound[name] = (anyFound[name] ?? 0) + 1;
  };
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    const cells = Array.from({ length: familySize }, (_, index) => {
      // 7 is no divisor of the number of scenarios, so all of them come up within a few repetitions.
      const scenario = ours[(index + repetition * 7) % ours.length];
      if (scenario === undefined) throw new RangeError('expected at least one scenario');
      return { id: `cell/${index}`, observation: scenario.observation, data: drawCell(scenario, random) };
    });
    const answers = engine(cells, { seed: repetition, margin: noMargin });
    count(
      'Tunegate',
      answers.some(({ found }) => found !== null),
    );
    const sides = cells.map(({ data }) => ({ baseline: flatten(data.baseline), candidate: flatten(data.candidate) }));
    for (const peer of peers) {
      count(
        peer.name,
        sides.some((both) => peer.decide(both, random).found !== null),
      );
    }
  }
  return { kind: 'family', cells: familySize, repetitions, anyFound };
}
