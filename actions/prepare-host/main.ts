import { getInput, info, setOutput } from '@actions/core';
import { runAction } from '../../src/github/action-entry.ts';
import { parseEnvironment } from '../../src/github/environment.ts';
import { readPrepareInputs } from './inputs.ts';
import { runPrepareHost } from './run.ts';

await runAction(() => {
  const { temporaryFolder } = parseEnvironment(process.env);
  return runPrepareHost(readPrepareInputs(getInput), { temporaryFolder, setOutput, info });
});
