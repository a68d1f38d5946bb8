import type { CellData } from './simulation/scenario.ts';

/** What one independent observation of a cell is; see `tunegate.samples/1`. */
export type Observation = 'sample' | 'block' | 'deployment';

export interface EngineCell {
  readonly id: string;
  readonly observation: Observation;
  readonly data: CellData;
}

/** What Tunegate says of a cell, as far as the evaluation asks. */
export interface EngineAnswer {
  /** `improved` and `regressed` as a direction of the values; null for every other verdict. */
  readonly found: 'up' | 'down' | null;
  readonly unchanged: boolean;
  /** Inconclusive because of a diagnostic: drift, autocorrelation, order effect, noise, modes, outliers. */
  readonly diagnosed: boolean;
  /** Not adjusted for the other cells. */
  readonly p: number | null;
  /** Candidate / baseline. */
  readonly estimate: number | null;
  readonly interval95: readonly [number, number] | null;
  /** Relative. */
  readonly detectableChange: number | null;
  /** The whole row, to compare runs byte by byte. */
  readonly text: string;
}

export interface EngineOptions {
  readonly seed: number;
  /** Relative; the same for all cells. */
  readonly margin: number;
}

/** Tunegate's rule: cells of one comparison in, an answer for each, in the same order. Tests put broken ones in its place. */
export type Engine = (cells: readonly EngineCell[], options: EngineOptions) => readonly EngineAnswer[];

/** So small that a verdict is a matter of chance alone: nothing is protected by being smaller than the margin. */
export const noMargin = 0.0001;
