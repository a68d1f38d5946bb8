import { type MetricDefinition, metricsByTest } from '../results/metrics.ts';
import type { Attachment, GuestKind, TestName } from '../vocabulary.ts';
import type { ResolvedPlan } from './plan.schema.ts';

export type Matrix = Pick<ResolvedPlan, 'guests' | 'attachments' | 'tests' | 'unsupported'>;

/** A guest on an attachment, with the tests that can run on it. */
export interface Combination {
  readonly guest: GuestKind;
  readonly attachment: Attachment;
  readonly tests: readonly TestName[];
}

export interface Cell {
  /** `guest/attachment/test/metric` */
  readonly id: string;
  readonly guest: GuestKind;
  readonly attachment: Attachment;
  readonly test: TestName;
  readonly metric: MetricDefinition;
}

/** The combinations of a plan in its own order; those of which nothing can run are left out. */
export function listCombinations(plan: Matrix): readonly Combination[] {
  return plan.guests
    .flatMap((guest) => plan.attachments.map((attachment) => ({ guest, attachment })))
    .map(({ guest, attachment }) => ({
      guest,
      attachment,
      tests: plan.tests.filter((test) => !isUnsupported(plan, guest, attachment, test)),
    }))
    .filter(({ tests }) => tests.length > 0);
}

/** The cells a plan fills, primary metrics only unless `all`. */
export function listCells(plan: Matrix, which: 'primary' | 'all'): readonly Cell[] {
  return listCombinations(plan).flatMap(({ guest, attachment, tests }) =>
    tests.flatMap((test) =>
      metricsByTest[test]
        .filter(({ role }) => which === 'all' || role === 'primary')
        .map((metric) => ({ id: `${guest}/${attachment}/${test}/${metric.name}`, guest, attachment, test, metric })),
    ),
  );
}

function isUnsupported(plan: Matrix, guest: GuestKind, attachment: Attachment, test: TestName): boolean {
  return plan.unsupported.some(
    (entry) => entry.guest === guest && entry.attachment === attachment && (entry.test === null || entry.test === test),
  );
}
