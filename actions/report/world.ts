import type { Download, DownloadTarget, downloadRuns, uploadFolder } from '../../src/github/artifacts.ts';
import type { HostedStep } from '../../src/github/create-hosted-step.ts';
import type { Environment } from '../../src/github/environment.ts';

/** What the report needs of its surroundings. */
export interface ReportWorld extends Omit<HostedStep, 'environment' | 'setFailed'> {
  readonly environment: Pick<Environment, 'repository' | 'runId' | 'attempt' | 'serverUrl' | 'temporaryFolder'>;
  readonly downloadPlan: (target: DownloadTarget) => Promise<Download>;
  readonly downloadRuns: typeof downloadRuns;
  readonly uploadFolder: typeof uploadFolder;
}
