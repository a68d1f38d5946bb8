import type { DetectableOutcome } from './detectable-part.ts';
import type { FamilyOutcome } from './family-part.ts';
import type { MarginOutcome } from './margin-part.ts';
import type { NightlyOutcome } from './nightly-part.ts';
import type { NullOutcome } from './null-part.ts';
import type { PowerOutcome } from './power-part.ts';
import type { RealOutcome } from './real-part.ts';
import type { SmallestOutcome } from './smallest-part.ts';
import type { StabilityOutcome } from './stability-part.ts';

export type Outcome =
  | NullOutcome
  | PowerOutcome
  | MarginOutcome
  | FamilyOutcome
  | DetectableOutcome
  | StabilityOutcome
  | SmallestOutcome
  | NightlyOutcome
  | RealOutcome;

/** Outcomes of one kind, in the order of the parts. */
export function select<Kind extends Outcome['kind']>(
  outcomes: readonly Outcome[],
  kind: Kind,
): readonly Extract<Outcome, { kind: Kind }>[] {
  return outcomes.filter((outcome): outcome is Extract<Outcome, { kind: Kind }> => outcome.kind === kind);
}
