import type { Check } from '../src/results/journal.schema.ts';
import { isUnproven } from '../src/results/unproven.ts';
import { renderTable } from './render-table.ts';

/** Whether every probe found what was asked for; what there is nothing of on this machine does not count. */
export function isInForce(checks: readonly Check[]): boolean {
  return !checks.some(isUnproven);
}

/** Request, reading, probe and result of each parameter, and how many there are of each result. */
export function renderChecks(checks: readonly Check[]): string {
  const rows = checks.map((check) => [check.parameter, check.requested, check.found, check.probe, check.result]);
  const counts = [...Map.groupBy(checks, ({ result }) => result)].map(([result, { length }]) => `${length} ${result}`);
  return `${renderTable(['parameter', 'requested', 'found', 'probe', 'result'], rows)}${counts.join(', ')}.\n`;
}
