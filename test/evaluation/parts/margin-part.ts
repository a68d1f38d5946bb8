import { createRandom } from '../../../src/statistics/random.ts';
import type { Engine } from '../engine.ts';
import { drawCell, injectChange } from '../simulation/scenario.ts';
import type { NamedScenario } from '../simulation/scenarios.ts';
import type { Setting } from './setting.ts';

/** Verdicts on a true change that is so many margins large; downwards and upwards by turns. */
export interface MarginOutcome {
  readonly kind: 'margin';
  readonly scenario: string;
  readonly margin: number;
  readonly multiple: number;
  readonly repetitions: number;
  /** In the right direction. */
  readonly found: number;
  readonly foundWrongWay: number;
  readonly unchanged: number;
  readonly diagnosed: number;
}

/** @param question.margin relative; `multiple` from 0 */
export function runMargin(
  engine: Engine,
  scenario: NamedScenario,
  question: { readonly margin: number; readonly multiple: number },
  { seed, repetitions }: Setting,
): MarginOutcome {
  const { margin, multiple } = question;
  const random = createRandom(`${seed}:margin:${scenario.id}:${margin}:${multiple}`);
  const tally = { found: 0, foundWrongWay: 0, unchanged: 0, diagnosed: 0 };
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    const isUp = repetition % 2 === 0;
    // Margins are symmetric in the logarithm, so the change downwards is the inverse of that upwards.
    const ratio = Math.exp((isUp ? 1 : -1) * Math.log1p(margin) * multiple);
    const data = injectChange(drawCell(scenario, random), ratio - 1);
    const cell = { id: `cell/${repetition}`, observation: scenario.observation, data };
    const [answer] = engine([cell], { seed: repetition, margin });
    if (answer === undefined) continue;
    const isRight = multiple > 0 && answer.found === (isUp ? 'up' : 'down');
    if (isRight) tally.found += 1;
    if (answer.found !== null && !isRight) tally.foundWrongWay += 1;
    if (answer.unchanged) tally.unchanged += 1;
    if (answer.diagnosed) tally.diagnosed += 1;
  }
  return { kind: 'margin', scenario: scenario.id, margin, multiple, repetitions, ...tally };
}
