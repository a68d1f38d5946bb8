import { createRandom } from '../../../src/statistics/random.ts';
import { type Engine, type EngineAnswer, noMargin } from '../engine.ts';
import { type CellData, drawCell, injectChange } from '../simulation/scenario.ts';
import type { NamedScenario } from '../simulation/scenarios.ts';
import type { Setting } from './setting.ts';

/**
 * Is the printed detectable change found as often as it says? Each repetition compares cells without a difference, and
 * then injects into each exactly the change that was printed for it: into the same data, and into a new run of the cell.
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
  for (let repetition = 0; repetition * family < repetitions; repetition += 1) {
    const draw = () => Array.from({ length: family }, () => drawCell(scenario, random));
    const ask = (cells: readonly CellData[], run: number) =>
      engine(
        cells.map((data, index) => ({ id: `cell/${index}`, observation: scenario.observation, data })),
        { seed: 3 * repetition + run, margin: noMargin },
      );
    const [first, second] = [draw(), draw()];
    const printed = ask(first, 0).map(({ detectableChange }) => detectableChange);
    const inject = (cells: readonly CellData[]) => cells.map((data, index) => injectChange(data, printed[index] ?? 0));
    const count = (answers: readonly EngineAnswer[]) =>
      answers.filter((answer, index) => printed[index] !== null && isFound(answer, level)).length;
    found.foundInSameData += count(ask(inject(first), 1));
    found.foundInNewRun += count(ask(inject(second), 2));
    changes.push(...printed.filter((change) => change !== null));
  }
  const sorted = changes.sort((left, right) => left - right);
  const medianChange = sorted[Math.floor(sorted.length / 2)] ?? null;
  return { kind: 'detectable', scenario: scenario.id, family, printed: changes.length, ...found, medianChange };
}

/** Significant at the level that the printed change is meant for, upwards, and not silenced by a diagnostic. */
function isFound({ p, estimate, diagnosed }: EngineAnswer, level: number): boolean {
  return p !== null && p <= level && estimate !== null && estimate > 1 && !diagnosed;
}
