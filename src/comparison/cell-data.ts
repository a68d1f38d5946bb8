import type { Accelerator, Side } from '../vocabulary.ts';
import type { ComparisonCell } from './comparison.schema.ts';

/** Values that belong together: those of one deployment, or of one block of it, on one side. */
export interface SampleEntry {
  /** Entries of a side with the same deployment belong to one deployment. */
  readonly deployment: string;
  /** Matched across the sides by number; the observation `block` needs it. */
  readonly block?: number | undefined;
  /** Position in time among all entries of the cell; without it the place in the list tells the order within a side. */
  readonly order?: number | undefined;
  /** Samples that were tried and gave no value. */
  readonly failed?: number | undefined;
  /** In the order of measuring, in the metric's unit; finite. */
  readonly values: readonly number[];
}

/** What is known of a cell from before, without a change among it. */
export interface CellHistory {
  /** Medians of earlier deployments, in the metric's unit, above 0. */
  readonly deployments: readonly number[];
  /** candidate / baseline of earlier A/A comparisons of the same design, oldest first. */
  readonly ratios: readonly number[];
  /** Mean distance of the logarithms of the values from their median, of each of earlier deployments; from 0. */
  readonly spreads?: readonly number[] | undefined;
}

export const noHistory: CellHistory = { deployments: [], ratios: [] };

/** Which side lacks how many samples of those that were planned or tried. */
export interface SampleCount {
  readonly expected: number;
  readonly found: number;
}

/** What a run tells of a cell besides its values. */
export interface CellCircumstances {
  /** Why the sides must not be compared, one clause each. */
  readonly invalid: readonly string[];
  /** Why a side has no data, in better words than the values themselves allow. */
  readonly noData: string;
  readonly warnings: readonly string[];
  /** How the machine was disturbed so that the figures mean nothing, one clause each; see `listDisturbances`. */
  readonly disturbances?: readonly string[];
  /** Every single reply of ping; null where single replies are not kept, with the reason. */
  readonly replies: Readonly<Record<Side, readonly number[]>> | null;
  readonly noReplies: string;
  readonly accelerator: Accelerator | null;
  /** null: only failed samples are known. */
  readonly counts: Readonly<Record<Side, SampleCount>> | null;
}

/** A cell of either source: a run folder, a samples file, a pair of Go benchmark files. */
export interface CellData {
  readonly id: string;
  readonly role: ComparisonCell['role'];
  readonly metric: ComparisonCell['metric'];
  readonly observation: ComparisonCell['observation'];
  readonly baseline: readonly SampleEntry[];
  readonly candidate: readonly SampleEntry[];
  readonly history?: CellHistory | undefined;
  /** Left out for data that come without a run. */
  readonly circumstances?: CellCircumstances | undefined;
}
