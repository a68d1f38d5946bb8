import { ConfigurationError } from '../errors.ts';
import type { Regime } from '../vocabulary.ts';
import { listCombinations } from './matrix.ts';
import type { Plan, ResolvedPlan, Unsupported } from './plan.schema.ts';

/** Fewer fresh starts a side give no interval and no verdict, unless a history of the cell knows its variance. */
export const fewestDeploymentsForVerdict = 4;

export interface PlanCircumstances {
  readonly regime: Regime;
  /** What cannot run here; entries that the plan does not ask for are dropped. */
  readonly unsupported: readonly Unsupported[];
}

/** A plan with nothing left open. Throws `ConfigurationError` when nothing of it can run. */
export function resolvePlan(plan: Plan, { regime, unsupported }: PlanCircumstances): ResolvedPlan {
  const concerned = unsupported.filter(
    ({ guest, attachment, test }) =>
      plan.guests.includes(guest) &&
      plan.attachments.includes(attachment) &&
      (test === null || plan.tests.includes(test)),
  );
  const resolved = { ...plan, regime, unsupported: concerned };
  if (listCombinations(resolved).length > 0) return resolved;
  const reasons = concerned.map(({ guest, attachment, reason }) => `${guest}/${attachment}: ${reason}`);
  throw new ConfigurationError(`nothing of the plan ${plan.name} can run here (${[...new Set(reasons)].join('; ')})`);
}
