import { createRandom, type Random } from '../../../src/statistics/random.ts';
import { type Engine, noMargin } from '../engine.ts';
import { peers } from '../peers/peers.ts';
import { type CellData, flatten, injectChange } from '../simulation/scenario.ts';
import type { Setting } from './setting.ts';

/** Deployments (or nights) of something that did not change, each with its values. */
export interface RealSource {
  readonly id: string;
  readonly deployments: readonly (readonly number[])[];
}

/** How two sides are made of such deployments. */
export interface RealDesign {
  /** A side; drawn without replacement, both sides from the same. */
  readonly deployments: number;
  /** Taken from each deployment, its first ones. */
  readonly samples: number;
  readonly observation: 'deployment' | 'sample';
}

export interface RealOutcome {
  readonly kind: 'real';
  readonly group: string;
  readonly source: string;
  readonly design: RealDesign;
  /** True change of the candidate, relative; 0: none. */
  readonly change: number;
  readonly repetitions: number;
  /** In the right direction where there is a change, else in any. */
  readonly found: Readonly<Record<string, number>>;
}

export function runReal(
  engine: Engine,
  group: string,
  source: RealSource,
  question: { readonly design: RealDesign; readonly change: number },
  { seed, repetitions }: Setting,
): RealOutcome {
  const { design, change } = question;
  const random = createRandom(`${seed}:real:${group}:${source.id}:${design.deployments}:${change}`);
  const found: Record<string, number> = { Tunegate: 0, ...Object.fromEntries(peers.map(({ name }) => [name, 0])) };
  const count = (name: string, direction: 'up' | 'down' | null | undefined) => {
    const isFound = change === 0 ? direction != null : direction === (change > 0 ? 'up' : 'down');
    if (isFound) found[name] = (found[name] ?? 0) + 1;
  };
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    const data = injectChange(drawSides(source, design, random), change);
    const cell = { id: `cell/${repetition}`, observation: design.observation, data };
    count('Tunegate', engine([cell], { seed: repetition, margin: noMargin })[0]?.found);
    const sides = { baseline: flatten(data.baseline), candidate: flatten(data.candidate) };
    for (const peer of peers) count(peer.name, peer.decide(sides, random).found);
  }
  return { kind: 'real', group, source: source.id, design, change, repetitions, found };
}

function drawSides(source: RealSource, { deployments, samples }: RealDesign, random: Random): CellData {
  const drawn = random.shuffle(source.deployments).slice(0, 2 * deployments);
  const collect = (letter: string, from: number) =>
    drawn
      .filter((_, index) => index % 2 === from)
      .map((values, index) => ({
        deployment: `${letter}${index + 1}`,
        block: index + 1,
        values: values.slice(0, samples),
      }));
  return { resolution: null, baseline: collect('b', 0), candidate: collect('c', 1) };
}
