import type { Check } from '../results/journal.schema.ts';
import { type Side, sides as sideNames } from '../vocabulary.ts';
import type { Comparison } from './comparison.schema.ts';
import type { SideData, SidePair } from './side-data.ts';

/** What the probes said: counted over all deployments; what is not verified is listed once a side. */
export function summarizeTreatment(sides: SidePair): Comparison['treatment'] {
  const checks = sideNames.flatMap((side) => listChecks(sides[side]));
  const count = (result: Check['result']) => checks.filter((check) => check.result === result).length;
  const notVerified = new Map(
    checks.filter(({ result }) => result !== 'verified').map((check) => [checkKey(check), check]),
  );
  return {
    verified: count('verified'),
    mismatch: count('mismatch'),
    unprobed: count('unprobed'),
    notApplicable: count('not-applicable'),
    notVerified: [...notVerified.values()],
  };
}

function listChecks({ side, deployments }: SideData): (Check & { side: Side })[] {
  return deployments.flatMap(({ line }) => line.checks.map((check) => ({ ...check, side })));
}

/** The place that was read may hold a process number and so differ in every deployment. */
function checkKey({ side, parameter, requested, found, result }: Check & { side: Side }): string {
  return JSON.stringify([side, parameter, requested, found, result]);
}
