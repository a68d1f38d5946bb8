import { isDeepStrictEqual } from 'node:util';
import { MeasurementError } from '../../src/errors.ts';
import type { ComparisonFiles } from '../../src/measurement/read-plan-directory.ts';
import type { Plan } from '../../src/plans/plan.schema.ts';
import type { Run } from '../../src/results/journal.schema.ts';
import { sides } from '../../src/vocabulary.ts';

/** Name of the machine in the journal of a runner that measures the machine it runs on. */
const ownMachine = 'local';

/**
 * Holds a journal against what was asked for: a run of other profiles, of another plan or on another host would
 * otherwise pass as evidence for this change.
 *
 * @throws MeasurementError
 */
export function refuseOtherRun(run: Run, { requested, plan }: ComparisonFiles, host: string): void {
  const { header } = run;
  for (const side of sides) {
    const wanted = requested[side];
    const found = header[side];
    if (wanted?.profile !== found.profile || wanted.sha256 !== found.sha256) {
      throw new MeasurementError(
        `the ${side} of the run is ${found.profile} with sha256 ${found.sha256.slice(0, 12)}, asked for was ${wanted?.profile} with ${wanted?.sha256.slice(0, 12)}`,
      );
    }
  }
  refuseOtherPlan(run, plan);
  if (header.plan.regime !== requested.regime) {
    throw new MeasurementError(
      `the sides of the run alternate by ${header.plan.regime}, asked for was ${requested.regime}`,
    );
  }
  const other = run.deployments.find((deployment) => deployment.host !== host && deployment.host !== ownMachine);
  if (other !== undefined) throw new MeasurementError(`the run was made on ${other.host}, asked for was ${host}`);
}

function refuseOtherPlan({ header }: Run, plan: Plan): void {
  const { regime: _, unsupported: __, ...found } = header.plan;
  const names = new Set([...Object.keys(plan), ...Object.keys(found)]);
  const other = [...names].find((name) => !isDeepStrictEqual(Reflect.get(plan, name), Reflect.get(found, name)));
  if (other !== undefined)
    throw new MeasurementError(`the plan of the run differs from what was asked for in ${other}`);
}
