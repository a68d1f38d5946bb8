import { createRandom } from '../../../src/statistics/random.ts';
import type { Engine } from '../engine.ts';
import { drawCell, injectChange } from '../simulation/scenario.ts';
import { scenarios } from '../simulation/scenarios.ts';
import type { Setting } from './setting.ts';

/** Comparisons of one cell of each scenario, asked again, in another order, and with the sides swapped. */
export interface StabilityOutcome {
  readonly kind: 'stability';
  readonly comparisons: number;
  /** Comparisons in which a row came out different. */
  readonly differentAgain: number;
  readonly differentInOtherOrder: number;
  /** Comparisons in which a swapped cell had another verdict than the mirrored one, or another p. */
  readonly differentWhenSwapped: number;
}

export function runStability(engine: Engine, { seed, repetitions }: Setting): StabilityOutcome {
  const random = createRandom(`${seed}:stability`);
  const tally = { differentAgain: 0, differentInOtherOrder: 0, differentWhenSwapped: 0 };
  const options = { seed, margin: 0.01 };
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    const cells = scenarios.map((scenario, index) => ({
      id: `cell/${scenario.id}`,
      observation: scenario.observation,
      data: injectChange(drawCell(scenario, random), ((index + repetition) % 3) * 0.01),
    }));
    const answers = engine(cells, options);
    const texts = new Map(cells.map(({ id }, index) => [id, answers[index]?.text]));
    if (engine(cells, options).some(({ text }, index) => text !== answers[index]?.text)) tally.differentAgain += 1;
    const shuffled = random.shuffle(cells);
    const inOtherOrder = engine(shuffled, options);
    if (inOtherOrder.some(({ text }, index) => text !== texts.get(shuffled[index]?.id ?? '')))
      tally.differentInOtherOrder += 1;
    const swapped = cells.map((cell) => ({
      ...cell,
      data: { ...cell.data, baseline: cell.data.candidate, candidate: cell.data.baseline },
    }));
    const mirror = { up: 'down', down: 'up' } as const;
    const isDifferent = engine(swapped, options).some(({ found, unchanged, p }, index) => {
      const before = answers[index];
      const expected = before?.found == null ? null : mirror[before.found];
      // Sums run in another order when the sides are swapped.
      const isSameP = Math.abs((p ?? -1) - (before?.p ?? -1)) <= 1e-9;
      return found !== expected || unchanged !== before?.unchanged || !isSameP;
    });
    if (isDifferent) tally.differentWhenSwapped += 1;
  }
  return { kind: 'stability', comparisons: repetitions, ...tally };
}
