import type { ScheduledDeployment } from '../plans/schedule.ts';
import type { SampleLine } from '../results/journal.schema.ts';
import type { TestName } from '../vocabulary.ts';

/** What a run tells whoever watches it. */
export type MeasurementEvent =
  | { readonly kind: 'step'; readonly text: string }
  | { readonly kind: 'deployment'; readonly deployment: ScheduledDeployment; readonly attempt: number }
  | { readonly kind: 'sample'; readonly test: TestName; readonly phase: SampleLine['phase']; readonly index: number }
  | { readonly kind: 'sample-failed'; readonly test: TestName; readonly reason: string }
  | { readonly kind: 'deployment-ended'; readonly deployment: ScheduledDeployment; readonly reason: string | null };

export type Watch = (event: MeasurementEvent) => void;
