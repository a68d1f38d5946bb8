import { seriesRules } from './detectors/series-rules.ts';
import type { Effort } from './effort.ts';
import type { Engine } from './engine.ts';
import { runDetectable } from './parts/detectable-part.ts';
import { runFamily } from './parts/family-part.ts';
import { runMargin } from './parts/margin-part.ts';
import { runNightly } from './parts/nightly-part.ts';
import { runNull } from './parts/null-part.ts';
import type { Outcome } from './parts/outcome.ts';
import { runPower } from './parts/power-part.ts';
import { runReal } from './parts/real-part.ts';
import type { Setting } from './parts/setting.ts';
import { runSmallest } from './parts/smallest-part.ts';
import { runStability } from './parts/stability-part.ts';
import { readRealGroups } from './real-data.ts';
import { type NightlyChange, nightlyNoises } from './simulation/nightly.ts';
import { findScenario, scenarios } from './simulation/scenarios.ts';

/** One piece of the evaluation that draws from a stream of its own, so that it can run anywhere and at any time. */
export interface Part {
  readonly title: string;
  readonly run: (engine: Engine) => Outcome;
}

/** Change looked for in each scenario: one that good rules find sometimes, and bad ones seldom. Relative. */
const powerQuestions: readonly (readonly [string, number])[] = [
  ['sample normal', 0.005],
  ['sample lower-tail', -0.004],
  ['sample upper-tail', 0.003],
  ['sample spikes', 0.005],
  ['sample two-modes', -0.005],
  ['sample quantised', 0.005],
  ['block normal', 0.005],
  ['block lower-tail', -0.004],
  ['block upper-tail', 0.003],
  ['block spikes', 0.005],
  ['block two-modes', -0.005],
  ['block quantised', 0.005],
  ['block lower-tail ar3', -0.005],
  ['block lower-tail ar7', -0.003],
  ['block lower-tail ramp1', -0.004],
  ['block lower-tail ramp3', -0.005],
  ['block lower-tail walk', -0.005],
  ['block upper-tail ar7', 0.012],
  ['block upper-tail walk', 0.02],
  ['deployment 0', -0.005],
  ['deployment 0.1', -0.005],
  ['deployment 0.4', -0.01],
  ['deployment 0.7', -0.015],
  ['deployment 1.5', -0.03],
  ['deployment modes', -0.03],
  ['deployment k4', -0.02],
  ['deployment k10', -0.01],
  ['deployment ar7', -0.015],
  ['deployment upper-tail', 0.05],
];

/** Scenario and margin of the verdict tables. */
const marginQuestions: readonly (readonly [string, number])[] = [
  ['sample lower-tail', 0.01],
  ['block lower-tail', 0.01],
  ['block two-modes', 0.015],
  ['block spikes', 0.01],
  ['block lower-tail walk', 0.01],
  ['block upper-tail walk', 0.05],
  ['deployment 0.4', 0.02],
  ['deployment k10', 0.02],
];
const multiples = [0, 0.5, 1, 1.5, 2];

/** Quiet cells without a difference: the margin is five standard deviations of a sample. */
export const quietScenarios = [
  ...['normal', 'lower-tail', 'upper-tail', 'quantised'].flatMap((shape) => [`sample ${shape}`, `block ${shape}`]),
  'deployment 0',
];
export const quietMargin = (scale: number) => 5 * scale;

const nightlyChanges: readonly (NightlyChange | null)[] = [
  null,
  { at: 50, shift: -0.01, spreadFactor: 1 },
  { at: 50, shift: -0.02, spreadFactor: 1 },
  { at: 50, shift: 0, spreadFactor: 3 },
];

const realChanges = [0, 0.02, 0.05, 0.1];

/** Everything there is to do; `only` keeps the parts whose title begins with it. */
export function listParts(seed: number, effort: Effort, only = ''): readonly Part[] {
  const setting = (repetitions: number): Setting => ({ seed, repetitions });
  const parts: Part[] = [
    ...scenarios.map((scenario) => ({
      title: `null: ${scenario.id}`,
      run: (engine: Engine) => runNull(engine, scenario, setting(effort.null)),
    })),
    ...powerQuestions.map(([id, change]) => ({
      title: `power: ${id}`,
      run: (engine: Engine) => runPower(engine, findScenario(id), change, setting(effort.power)),
    })),
    ...listMarginParts(setting(effort.margin), setting(effort.null)),
    { title: 'family of 48 cells', run: (engine) => runFamily(engine, setting(effort.family)) },
    ...scenarios
      .filter(({ isOurs }) => isOurs)
      .flatMap((scenario) => [1, 48].map((family) => ({ scenario, family })))
      .map(({ scenario, family }) => ({
        title: `detectable: ${scenario.id}, ${family} cells`,
        run: (engine: Engine) => runDetectable(engine, scenario, family, setting(effort.detectable)),
      })),
    { title: 'stability', run: (engine) => runStability(engine, setting(effort.stability)) },
    ...scenarios
      .filter(({ isOurs, isIndependent, observation }) => isOurs && isIndependent && observation !== 'deployment')
      .map((scenario) => ({
        title: `smallest: ${scenario.id}`,
        run: (engine: Engine) => runSmallest(engine, scenario, setting(effort.smallest)),
      })),
    ...nightlyNoises
      .flatMap((noise) => nightlyChanges.map((change) => ({ noise, change })))
      .map(({ noise, change }) => ({
        title: `nightly: ${noise}, ${change === null ? 'no change' : `${change.shift} x${change.spreadFactor}`}`,
        run: () => runNightly(seriesRules, noise, change, setting(effort.nightly)),
      })),
    ...listRealParts(setting(effort.real)),
  ];
  return parts.filter(({ title }) => title.startsWith(only));
}

/** A false "unchanged" is as rare as a false finding, so where it can come about there are as many repetitions. */
function listMarginParts(usual: Setting, rare: Setting): readonly Part[] {
  const quiet = quietScenarios.map((id) => ({ id, margin: quietMargin(findScenario(id).scale), multiple: 0 }));
  const table = marginQuestions.flatMap(([id, margin]) => multiples.map((multiple) => ({ id, margin, multiple })));
  return [...quiet, ...table].map(({ id, ...question }) => ({
    title: `margin: ${id}, ${question.multiple} x ${question.margin}`,
    run: (engine: Engine) => runMargin(engine, findScenario(id), question, question.multiple === 1 ? rare : usual),
  }));
}

function listRealParts(setting: Setting): readonly Part[] {
  return readRealGroups().flatMap(({ name, designs, sources }) =>
    designs.flatMap((design) =>
      sources.flatMap((source) =>
        realChanges.map((change) => ({
          title: `real: ${name}, ${source.id}, ${change}`,
          run: (engine: Engine) => runReal(engine, name, source, { design, change }, setting),
        })),
      ),
    ),
  );
}
