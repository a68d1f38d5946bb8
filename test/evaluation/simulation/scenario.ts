import type { Random } from '../../../src/statistics/random.ts';
import { type Dependence, drawDependent } from './dependence.ts';
import { drawChance, drawNormal } from './draws.ts';
import { drawShape, type Shape } from './shapes.ts';

/** In which order the samples of both sides are taken, and what belongs together. */
export type Design =
  /** All of the baseline, then all of the candidate, every sample for itself. */
  | { readonly kind: 'one-after-the-other'; readonly samples: number }
  /** Blocks of 8, each ABBA BAAB or BAAB ABBA. */
  | { readonly kind: 'blocks'; readonly blocks: number }
  /** Fresh starts in the order ABBA..., with so many samples each. */
  | { readonly kind: 'deployments'; readonly deployments: number; readonly samples: number };

/** What a fresh start leaves different, shared by its samples; in units of the scale. */
export type Start = { readonly kind: 'normal' | 'two-modes'; readonly size: number };

/** How the data of a cell come about when nothing differs between the sides. */
export interface Scenario {
  readonly id: string;
  readonly title: string;
  readonly shape: Shape;
  /** Relative: 0.005 lets the bulk of single samples scatter by 0.5 %. */
  readonly scale: number;
  readonly dependence: Dependence;
  readonly design: Design;
  readonly start: Start;
}

/** One value in the order of time. `deployment` counts within a side from 1. */
interface Place {
  readonly side: 'baseline' | 'candidate';
  readonly deployment: number;
  readonly block: number;
}

export interface CellData {
  /** Values are whole multiples of this; null: not rounded. */
  readonly resolution: number | null;
  readonly baseline: readonly DeploymentEntry[];
  readonly candidate: readonly DeploymentEntry[];
}

/** As in `tunegate.samples/1`. */
export interface DeploymentEntry {
  readonly deployment: string;
  readonly block: number;
  readonly values: readonly number[];
}

/** Values of a cell without a difference around 1, both sides; the logarithms carry the noise. */
export function drawCell(scenario: Scenario, random: Random): CellData {
  const places = listPlaces(scenario.design, random);
  const noise = drawDependent(
    places.length,
    scenario.dependence,
    (stream) => drawShape(scenario.shape, stream),
    random,
  );
  const starts = new Map<string, number>();
  const entries = new Map<string, { place: Place; values: number[] }>();
  for (const [index, place] of places.entries()) {
    const start = `${place.side} ${place.deployment}`;
    if (!starts.has(start)) starts.set(start, drawStart(scenario.start, random));
    const value = Math.exp(scenario.scale * ((noise[index] as number) + (starts.get(start) ?? 0)));
    const key = `${start} ${place.block}`;
    const entry = entries.get(key) ?? { place, values: [] };
    entry.values.push(value);
    entries.set(key, entry);
  }
  const resolution = scenario.shape === 'quantised' ? scenario.scale : null;
  const collect = (side: Place['side']) =>
    [...entries.values()]
      .filter(({ place }) => place.side === side)
      .map(({ place, values }) => ({
        deployment: `${side[0]}${place.deployment}`,
        block: place.block,
        values: values.map((value) => round(value, resolution)),
      }));
  return { resolution, baseline: collect('baseline'), candidate: collect('candidate') };
}

/** The candidate's values times 1 + change, rounded again where they were. */
export function injectChange({ resolution, baseline, candidate }: CellData, change: number): CellData {
  const move = (value: number) => round(value * (1 + change), resolution);
  return { resolution, baseline, candidate: candidate.map((entry) => ({ ...entry, values: entry.values.map(move) })) };
}

/** All values of a side as the one list that peers see. */
export function flatten(entries: readonly DeploymentEntry[]): readonly number[] {
  return entries.flatMap(({ values }) => values);
}

function listPlaces(design: Design, random: Random): readonly Place[] {
  switch (design.kind) {
    case 'one-after-the-other': {
      const side = (name: Place['side']) =>
        new Array<Place>(design.samples).fill({ side: name, deployment: 1, block: 1 });
      return [...side('baseline'), ...side('candidate')];
    }
    case 'blocks':
      return Array.from({ length: design.blocks }, (_, index) => orderBlock(index + 1, random)).flat();
    case 'deployments':
      return listDeployments(design);
  }
}

/** ABBA BAAB or its mirror image, by chance. */
function orderBlock(block: number, random: Random): readonly Place[] {
  const isMirrored = random.nextBelow(2) === 1;
  return [...'ABBABAAB'].map((letter) => ({
    side: (letter === 'A') === isMirrored ? ('candidate' as const) : ('baseline' as const),
    deployment: 1,
    block,
  }));
}

function listDeployments(design: Extract<Design, { kind: 'deployments' }>): readonly Place[] {
  return Array.from({ length: design.deployments }, (_, index) => {
    const pair = ['baseline', 'candidate'] as const;
    return (index % 2 === 0 ? pair : [...pair].reverse()).map((side) => ({
      side,
      deployment: index + 1,
      block: index + 1,
    }));
  })
    .flat()
    .flatMap((place) => new Array<Place>(design.samples).fill(place));
}

function round(value: number, resolution: number | null): number {
  return resolution === null ? value : Math.round(value / resolution) * resolution;
}

function drawStart({ kind, size }: Start, random: Random): number {
  if (kind === 'normal') return size * drawNormal(random);
  return drawChance(random, 0.3) ? -size : 0;
}
