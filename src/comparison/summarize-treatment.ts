import type { Check } from '../results/journal.schema.ts';
import { type Side, sides as sideNames } from '../vocabulary.ts';
import type { Comparison, ParameterDifference } from './comparison.schema.ts';
import type { SideData, SidePair } from './side-data.ts';

type SideCheck = Check & { readonly side: Side };

/** What the probes said: counted over all deployments; what is not verified is listed once a side. */
export function summarizeTreatment(
  sides: SidePair,
  parameters: readonly ParameterDifference[],
): Comparison['treatment'] {
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
    readings: selectReadings(checks, parameters),
  };
}

/** A reading may hold addresses or sizes that differ from start to start; the first stands for those of its result. */
function selectReadings(checks: readonly SideCheck[], parameters: readonly ParameterDifference[]): SideCheck[] {
  const changed = new Set(parameters.filter(({ applied }) => applied).map(({ parameter }) => parameter));
  const asked = checks.filter(({ parameter }) => changed.has(parameter));
  const key = ({ side, parameter, result }: SideCheck) => JSON.stringify([parameter, side, result]);
  return [...Map.groupBy(asked, key).values()].flatMap((readings) => readings.slice(0, 1));
}

function listChecks({ side, deployments }: SideData): SideCheck[] {
  return deployments.flatMap(({ line }) => line.checks.map((check) => ({ ...check, side })));
}

/** The place that was read may hold a process number and so differ in every deployment. */
function checkKey({ side, parameter, requested, found, result }: SideCheck): string {
  return JSON.stringify([side, parameter, requested, found, result]);
}
