import type { Comparison } from '../src/comparison/comparison.schema.ts';
import type { Request } from '../src/plans/request.schema.ts';
import type { Marker } from './comment-marker.ts';

export type CommentState =
  | 'measuring'
  | 'finished'
  /** Something planned is missing, and something is there. */
  | 'partial'
  | 'cancelled'
  | 'failed'
  | 'waiting-for-approval'
  | 'nothing-to-measure';

/** One comparison on one host. */
export interface CommentSection {
  readonly comparison: string;
  readonly host: string;
  readonly result: Comparison | null;
  /** Why there is no result, or only a part of one; plain text from anywhere. */
  readonly missing: string | null;
}

/** What the check run on the head commit says. */
export interface CommentGate {
  readonly conclusion: 'success' | 'failure' | 'neutral';
  readonly sentence: string;
}

export interface CommentInput {
  readonly state: CommentState;
  /** null: it failed before anybody knew what to measure. */
  readonly request: Request | null;
  readonly sections: readonly CommentSection[];
  readonly marker: Marker;
  readonly links: {
    readonly run: string;
    readonly artifacts: readonly { readonly name: string; readonly url: string }[];
  };
  readonly gate: CommentGate | null;
}

/** The same comment three times, each smaller than the one before. */
export interface CommentText {
  readonly full: string;
  /** Verdicts, what changed and the rows that matter; for the rest links to the artifacts. */
  readonly linked: string;
  /** The verdict and links; of limited size whatever was measured. */
  readonly minimum: string;
}
