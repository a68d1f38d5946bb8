import { getState, saveState, setOutput } from '@actions/core';
import { createRootProgram } from '../hosts/root-program.ts';
import { type PostStep, type RootStep, usualRunsFolder } from '../hosts/root-step.ts';
import { listenForSignals } from '../interruption.ts';
import { uploadFolder } from './artifacts.ts';
import { type Environment, parseEnvironment } from './environment.ts';
import { fetchPlan } from './fetch-plan.ts';
import { streamPlainly } from './stream-plainly.ts';

type Variables = Readonly<Record<string, string | undefined>>;

export interface ActionStep extends RootStep {
  readonly environment: Environment;
  readonly uploadFolder: typeof uploadFolder;
  readonly fetchPlan: () => Promise<string>;
}

/** The world of a main step that calls the privileged program. Listens for the step's cancellation from now on. */
export function createRootStep(variables: Variables): ActionStep {
  const environment = parseEnvironment(variables);
  return {
    environment,
    uploadFolder,
    fetchPlan: () => fetchPlan(environment),
    program: createRootProgram(process.getuid?.() ?? -1, variables),
    runsFolder: usualRunsFolder,
    temporaryFolder: environment.temporaryFolder,
    openOutput: () => streamPlainly(process.stdout),
    saveState,
    setOutput,
    // GitHub cancels a step with SIGINT, and 7.5 s later with SIGTERM; 2.5 s after that it kills.
    signal: listenForSignals(['SIGINT', 'SIGTERM']).signal,
  };
}

/** The same for its post. */
export function createPostStep(variables: Variables): PostStep {
  return {
    program: createRootProgram(process.getuid?.() ?? -1, variables),
    runsFolder: usualRunsFolder,
    temporaryFolder: parseEnvironment(variables).temporaryFolder,
    readState: getState,
    uploadFolder,
  };
}
