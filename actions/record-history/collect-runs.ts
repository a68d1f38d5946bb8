import { readFile } from 'node:fs/promises';
import { type Comparison, comparisonSchema } from '../../src/comparison/comparison.schema.ts';
import { ConfigurationError, messageOf } from '../../src/errors.ts';
import { type DownloadTarget, downloadPlan, downloadRuns } from '../../src/github/artifacts.ts';
import { readRequest } from '../../src/measurement/read-plan-directory.ts';
import { listPairs } from '../../src/plans/measured-pairs.ts';
import type { RequestedComparison } from '../../src/plans/request.schema.ts';
import type { Inputs } from './inputs.ts';

/** A run to record, with its names. */
export interface FoundRun {
  readonly folder: string;
  readonly host: string;
  /** null: as the candidate's profile. */
  readonly comparison: string | null;
  /** null: it is compared here. */
  readonly document: Comparison | null;
  /** What was asked for; null: nobody but the run itself says. */
  readonly requested: RequestedComparison | null;
}

export interface FoundRuns {
  readonly runs: readonly FoundRun[];
  /** Commit that was measured; null: that of the workflow. */
  readonly commit: string | null;
  /** Runs that were asked for and are not there, one sentence each. */
  readonly missing: readonly string[];
}

/** The run named by the inputs, or all that this workflow run was to measure. */
export async function collectRuns({ run }: Inputs, target: DownloadTarget): Promise<FoundRuns> {
  if (run === null) return downloadAll(target);
  const { folder, host, comparison, comparisonFile } = run;
  const document = comparisonFile === null ? null : await readComparison(comparisonFile);
  return { runs: [{ folder, host, comparison, document, requested: null }], commit: null, missing: [] };
}

async function downloadAll(target: DownloadTarget): Promise<FoundRuns> {
  const plan = await downloadPlan(target);
  if (plan.kind !== 'found') {
    const reason = plan.kind === 'refused' ? plan.reason : 'the plan job uploaded none';
    return { runs: [], commit: null, missing: [`What was to be measured is not known: ${reason}.`] };
  }
  const request = await readRequest(plan.folder);
  const found = await downloadRuns(listPairs(request), target);
  return {
    runs: found.flatMap(({ host, comparison, download }) => {
      if (download.kind !== 'found') return [];
      const requested = request.comparisons.find(({ name }) => name === comparison) ?? null;
      return [{ folder: download.folder, host, comparison, document: null, requested }];
    }),
    commit: request.headSha,
    missing: found.flatMap(({ host, comparison, download }) => {
      if (download.kind === 'found') return [];
      const reason = download.kind === 'refused' ? download.reason : 'its job has left no figures';
      return [`Tonight's run of ${comparison} on ${host} is not recorded: ${reason}.`];
    }),
  };
}

async function readComparison(file: string): Promise<Comparison> {
  try {
    return comparisonSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (thrown) {
    const reason = messageOf(thrown).split('\n')[0];
    throw new ConfigurationError(`input comparison-file: ${file} is no comparison (${reason})`, { cause: thrown });
  }
}
