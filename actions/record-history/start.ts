import { getInput } from '@actions/core';
import { createHostedStep } from '../../src/github/create-hosted-step.ts';
import { collectRuns } from './collect-runs.ts';
import { readHistoryInputs } from './inputs.ts';
import { recordHistory } from './run.ts';

/** Builds what the action works with. */
export async function startRecordHistory(): Promise<void> {
  const inputs = readHistoryInputs(getInput);
  const step = await createHostedStep(inputs.token, process.env);
  const { temporaryFolder: folder, attempt } = step.environment;
  await recordHistory(inputs, {
    ...step,
    now: new Date(),
    collectRuns: () => collectRuns(inputs, { folder, attempt }),
  });
}
