import { sides as sideNames } from '../vocabulary.ts';
import { listPlausibility } from './list-plausibility.ts';
import type { MatchedCell } from './match-cells.ts';
import type { DeploymentValues } from './measured-values.ts';
import { describeSharedBoots } from './shared-boots.ts';
import type { SidePair } from './side-data.ts';

export const notInterleaved =
  'The sides come from two runs and were not interleaved: whatever changed between the runs looks like an effect.';

/** What a reader of this row must know about its data, one sentence each. */
export function listCellWarnings(
  cell: MatchedCell,
  values: Readonly<Record<'baseline' | 'candidate', readonly DeploymentValues[]>>,
  sides: SidePair,
): readonly string[] {
  return [
    ...(sides.interleaved ? [] : [notInterleaved]),
    ...sideNames.flatMap((side) => [
      ...describeFailedSamples(cell, side),
      ...describeSharedBoots(cell, side, sides),
      ...describeMissingDeployments(side, values[side].length, sides[side].run.header.plan.deployments),
    ]),
    ...describeUnequalCounts([...values.baseline, ...values.candidate]),
    ...listPlausibility(cell),
  ];
}

function describeFailedSamples(cell: MatchedCell, side: 'baseline' | 'candidate'): readonly string[] {
  const tried = cell[side]
    .flatMap(({ samples }) => samples)
    .filter(({ test, phase }) => test === cell.test && phase === 'measure');
  const failed = tried.filter(({ status }) => status === 'failed').length;
  return failed === 0 ? [] : [`${failed} of ${tried.length} samples of the ${side} failed.`];
}

function describeMissingDeployments(side: string, found: number, planned: number): readonly string[] {
  return found >= planned ? [] : [`${found} of ${planned} planned deployments of the ${side} have data.`];
}

function describeUnequalCounts(deployments: readonly DeploymentValues[]): readonly string[] {
  const counts = deployments.map(({ values }) => values.length);
  const [fewest, most] = [Math.min(...counts), Math.max(...counts)];
  return fewest < most ? [`The deployments have unequal numbers of samples: ${fewest} to ${most}.`] : [];
}
