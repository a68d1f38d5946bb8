import { getInput, info, setOutput } from '@actions/core';
import { runAction } from '../../src/github/action-entry.ts';
import { parseEnvironment } from '../../src/github/environment.ts';
import { fetchPlan } from '../../src/github/fetch-plan.ts';
import { readPrepareInputs } from './inputs.ts';
import { runPrepareHost } from './run.ts';

await runAction(() => {
  const environment = parseEnvironment(process.env);
  const world = { ...environment, setOutput, info, fetchPlan: () => fetchPlan(environment) };
  return runPrepareHost(readPrepareInputs(getInput), world);
});
