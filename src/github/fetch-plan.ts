import { join } from 'node:path';
import { MeasurementError } from '../errors.ts';
import { buildPlanArtifactName } from './artifact-names.ts';
import { downloadPlan } from './artifacts.ts';
import type { Environment } from './environment.ts';

/** Folder with the plan directory that this workflow run uploaded. Throws a `MeasurementError` where there is none. */
export async function fetchPlan({
  temporaryFolder,
  attempt,
}: Pick<Environment, 'temporaryFolder' | 'attempt'>): Promise<string> {
  const download = await downloadPlan({ folder: join(temporaryFolder, 'tunegate-downloads'), attempt });
  switch (download.kind) {
    case 'found':
      return download.folder;
    case 'refused':
      throw new MeasurementError(`the plan cannot be used: ${download.reason}`);
    case 'missing':
      throw new MeasurementError(
        `this workflow run has no artifact ${buildPlanArtifactName(attempt)}; run the action plan before, or give plan-directory`,
      );
  }
}
