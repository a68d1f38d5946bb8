import { createRandom } from '../../../src/statistics/random.ts';
import { type Engine, type EngineAnswer, type EngineCell, noMargin } from '../engine.ts';
import { type CellData, drawCell, injectChange } from '../simulation/scenario.ts';
import type { NamedScenario } from '../simulation/scenarios.ts';
import type { Setting } from './setting.ts';

/**
 * Is the printed detectable change found as often as it says? Each repetition compares a cell without a difference,
 * and then injects exactly the change that was printed for it: into the same data, and into a new run of the cell.
 */
export interface DetectableOutcome {
  readonly kind: 'detectable';
  readonly scenario: string;
  /** Primary cells of the comparison; the printed change is for 0.05 / this. */
  readonly family: number;
  /** How often a change was printed. */
  readonly printed: number;
  readonly foundInSameData: number;
  readonly foundInNewRun: number;
  /** Median of what was printed. */
  readonly medianChange: number | null;
}

/** Other primary cells: they make the level of the family, and constant ones cost no time. */
const fillers: readonly EngineCell[] = Array.from({ length: 47 }, (_, index) => {
  const entries = [1, 2, 3, 4].map((block) => ({ deployment: `d${block}`, block, values: [1] }));
  return {
    id: `filler/${index}`,
    observation: 'deployment',
    data: { resolution: null, baseline: entries, candidate: entries },
  };
});

export function runDetectable(
  engine: Engine,
  scenario: NamedScenario,
  family: number,
  { seed, repetitions }: Setting,
): DetectableOutcome {
  const random = createRandom(`${seed}:detectable:${scenario.id}:${family}`);
  const level = 0.05 / family;
  const changes: number[] = [];
  const found = { foundInSameData: 0, foundInNewRun: 0 };
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    const ask = (data: CellData, run: number) => {
      const cell = { id: `cell/${repetition}`, observation: scenario.observation, data };
      return engine([cell, ...fillers.slice(0, family - 1)], { seed: 3 * repetition + run, margin: noMargin })[0];
    };
    const [first, second] = [drawCell(scenario, random), drawCell(scenario, random)];
    const change = ask(first, 0)?.detectableChange ?? null;
    if (change === null) continue;
    changes.push(change);
    if (isFound(ask(injectChange(first, change), 1), level)) found.foundInSameData += 1;
    if (isFound(ask(injectChange(second, change), 2), level)) found.foundInNewRun += 1;
  }
  const sorted = changes.sort((left, right) => left - right);
  const medianChange = sorted[Math.floor(sorted.length / 2)] ?? null;
  return { kind: 'detectable', scenario: scenario.id, family, printed: changes.length, ...found, medianChange };
}

/** Significant at the level that the printed change is meant for, upwards, and not silenced by a diagnostic. */
function isFound(answer: EngineAnswer | undefined, level: number): boolean {
  if (answer === undefined || answer.diagnosed || answer.p === null || answer.estimate === null) return false;
  return answer.p <= level && answer.estimate > 1;
}
