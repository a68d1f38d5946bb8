import type { DeploymentEndLine, DeploymentLine, SampleLine } from '../results/journal.schema.ts';

/** A deployment with everything the journal says of it. */
export interface DeploymentData {
  readonly line: DeploymentLine;
  /** null: the run ended inside it. */
  readonly end: DeploymentEndLine | null;
  /** In the order of the file, warm-ups and failed ones included. */
  readonly samples: readonly SampleLine[];
  /** How often the run had been resumed before. */
  readonly session: number;
}
