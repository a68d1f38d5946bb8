import * as core from '@actions/core';
import { uploadFolder } from '../../src/github/artifacts.ts';
import { createClient } from '../../src/github/client.ts';
import { parseEnvironment } from '../../src/github/environment.ts';
import { readInputs } from './inputs.ts';
import { runPlan } from './run.ts';

/** Builds what the action works with; loaded after its first line of output. */
export async function startPlan(): Promise<void> {
  const environment = parseEnvironment(process.env);
  const inputs = readInputs(core.getInput);
  const client = createClient(inputs.token, { apiUrl: environment.apiUrl });
  await runPlan(inputs, { client, environment, setOutput: core.setOutput, upload: uploadFolder });
}
