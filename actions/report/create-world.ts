import { downloadPlan, downloadRuns, uploadFolder } from '../../src/github/artifacts.ts';
import { createHostedStep } from '../../src/github/create-hosted-step.ts';
import type { ReportWorld } from './world.ts';

/** The real surroundings. Load this by `import()`: the clients come with it. */
export async function createReportWorld(
  token: string,
  variables: Readonly<Record<string, string | undefined>>,
): Promise<ReportWorld> {
  return { ...(await createHostedStep(token, variables)), downloadPlan, downloadRuns, uploadFolder };
}
