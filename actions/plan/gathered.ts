import type { GitHub } from '../../src/github/client.ts';
import type { Environment } from '../../src/github/environment.ts';
import type { FileReader } from '../../src/github/repository-files.ts';
import type { Findings, FoundPlan, RequestFacts } from '../../src/plans/plan-directory.ts';
import type { PlanInputs } from './inputs.ts';

/** What gathering works with, beside the event. */
export interface Room {
  readonly client: GitHub;
  readonly environment: Environment;
  readonly reader: FileReader;
  readonly inputs: PlanInputs;
}

/** All that a plan directory is made of, or why the event asks for none. */
export type Gathered =
  | {
      readonly kind: 'request';
      readonly facts: RequestFacts;
      readonly plan: FoundPlan;
      readonly findings: Findings;
    }
  | { readonly kind: 'ignored'; readonly sentence: string };
