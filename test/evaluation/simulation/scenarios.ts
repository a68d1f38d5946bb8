import type { Observation } from '../engine.ts';
import type { Dependence } from './dependence.ts';
import type { Design, Scenario, Start } from './scenario.ts';
import { type Shape, shapes, shapeTitles } from './shapes.ts';

export interface NamedScenario extends Scenario {
  /** How Tunegate is told to read the data. */
  readonly observation: Observation;
  /** Whether the design is one that Tunegate measures in; the others show what common practice does to every rule. */
  readonly isOurs: boolean;
  /** Independent samples without drift: diagnostics should stay silent, peers' tests are at their best. */
  readonly isIndependent: boolean;
}

const independent: Dependence = { kind: 'independent' };
const noStart: Start = { kind: 'normal', size: 0 };
const bandwidth = 0.005;
const latency = 0.02;

const fiveBlocks: Design = { kind: 'blocks', blocks: 5 };
const inARow = (samples: number): Design => ({ kind: 'one-after-the-other', samples });
const fresh = (deployments: number, samples = 4): Design => ({ kind: 'deployments', deployments, samples });

/** Every sample an observation of its own: what plain benchmark files mean. */
const plain: readonly NamedScenario[] = [
  ...shapes.map((shape) => describe(`sample ${shape}`, shapeTitles[shape], { shape, design: inARow(20) })),
  describe('sample normal n10', 'normal, 10 a side', { shape: 'normal', design: inARow(10) }),
  describe('sample normal n30', 'normal, 30 a side', { shape: 'normal', design: inARow(30) }),
];

const drifts: readonly (readonly [string, string, Dependence])[] = [
  ['ar3', 'autocorrelated 0.3', { kind: 'autocorrelated', correlation: 0.3 }],
  ['ar7', 'autocorrelated 0.7', { kind: 'autocorrelated', correlation: 0.7 }],
  ['ramp1', 'ramp of 2 sd', { kind: 'ramp', size: 2 }],
  ['ramp3', 'ramp of 6 sd', { kind: 'ramp', size: 6 }],
  ['walk', 'random walk to 4 sd', { kind: 'walk', size: 4 }],
];

/** Sides alternating in blocks of eight. */
const blocked: readonly NamedScenario[] = [
  ...shapes.map((shape) => describe(`block ${shape}`, shapeTitles[shape], { shape, design: fiveBlocks })),
  ...drifts.map(([id, title, dependence]) =>
    describe(`block lower-tail ${id}`, `lower tail, ${title}`, { shape: 'lower-tail', design: fiveBlocks, dependence }),
  ),
  ...drifts
    .filter(([id]) => id === 'ar7' || id === 'walk')
    .map(([id, title, dependence]) =>
      describe(`block upper-tail ${id}`, `upper tail, ${title}`, {
        shape: 'upper-tail',
        scale: latency,
        design: fiveBlocks,
        dependence,
      }),
    ),
];

/** What a fresh start leaves different, against samples that scatter by 0.4 %. */
const starts: readonly (readonly [string, string, Start])[] = [
  ['0', 'starts alike', noStart],
  ['0.1', 'starts scatter by 0.1 %', { kind: 'normal', size: 0.25 }],
  ['0.4', 'starts scatter by 0.4 %', { kind: 'normal', size: 1 }],
  ['0.7', 'starts scatter by 0.7 %', { kind: 'normal', size: 1.75 }],
  ['1.5', 'starts scatter by 1.5 %', { kind: 'normal', size: 3.75 }],
  ['modes', '30 % of starts 3 % lower', { kind: 'two-modes', size: 7.5 }],
];
const steady = { shape: 'normal', scale: 0.004 } as const;
const usualStart: Start = { kind: 'normal', size: 1.75 };

/** Fresh starts: the unit of evidence when switching is expensive. */
const deployed: readonly NamedScenario[] = [
  ...starts.map(([id, title, start]) =>
    describe(`deployment ${id}`, `5 starts, ${title}`, { ...steady, design: fresh(5), start }),
  ),
  describe('deployment k4', '4 starts, scatter 0.7 %', { ...steady, design: fresh(4), start: usualStart }),
  describe('deployment k10', '10 starts, scatter 0.7 %', { ...steady, design: fresh(10, 2), start: usualStart }),
  describe('deployment ar7', '5 starts, scatter 0.7 %, autocorrelated 0.7', {
    ...steady,
    design: fresh(5),
    start: usualStart,
    dependence: { kind: 'autocorrelated', correlation: 0.7 },
  }),
  describe('deployment upper-tail', '5 starts, upper tail, scatter 2 %', {
    shape: 'upper-tail',
    scale: latency,
    design: fresh(5),
    start: { kind: 'normal', size: 1 },
  }),
];

/** What most pipelines do: first all of one side, then all of the other. No rule can mend that. */
const foreign: readonly NamedScenario[] = [
  ...drifts
    .filter(([id]) => id !== 'ar3' && id !== 'ramp3')
    .map(([id, title, dependence]) => ({
      ...describe(`in a row ${id}`, `one side after the other, lower tail, ${title}`, {
        shape: 'lower-tail',
        design: inARow(20),
        dependence,
      }),
      isOurs: false,
    })),
  {
    ...describe('one start a side', '1 start a side with 20 samples, scatter 0.7 %', {
      ...steady,
      design: fresh(1, 20),
      start: usualStart,
    }),
    isOurs: false,
  },
];

export const scenarios: readonly NamedScenario[] = [...plain, ...blocked, ...deployed, ...foreign];

export function findScenario(id: string): NamedScenario {
  const found = scenarios.find((scenario) => scenario.id === id);
  if (found === undefined) throw new RangeError(`expected the id of a scenario, found ${id}`);
  return found;
}

function describe(
  id: string,
  title: string,
  given: { readonly shape: Shape; readonly design: Design } & Partial<Pick<Scenario, 'scale' | 'dependence' | 'start'>>,
): NamedScenario {
  const { scale = bandwidth, dependence = independent, start = noStart, shape, design } = given;
  const observation = { 'one-after-the-other': 'sample', blocks: 'block', deployments: 'deployment' } as const;
  const isIndependent = dependence.kind === 'independent';
  return {
    id,
    title,
    shape,
    scale,
    dependence,
    design,
    start,
    observation: observation[design.kind],
    isOurs: true,
    isIndependent,
  };
}
