import { appendFile } from 'node:fs/promises';
import { info, setFailed, setOutput, warning } from '@actions/core';
import { createClient, type GitHub } from './client.ts';
import { type Environment, parseEnvironment } from './environment.ts';
import { readEvent, type TriggerEvent } from './event.ts';

/** What a step that talks to GitHub has, and how it tells what it found. */
export interface HostedStep {
  readonly github: GitHub;
  readonly environment: Environment;
  readonly event: TriggerEvent;
  readonly info: (message: string) => void;
  readonly warning: (message: string) => void;
  /** The step ends red, once all else is done. */
  readonly setFailed: (message: string) => void;
  readonly setOutput: (name: string, value: string) => void;
  /** Markdown for the page of the workflow run; nothing happens outside a runner. */
  readonly writeSummary: (markdown: string) => Promise<void>;
}

/** Load this by `import()`: the clients come with it. */
export async function createHostedStep(
  token: string,
  variables: Readonly<Record<string, string | undefined>>,
): Promise<HostedStep> {
  const environment = parseEnvironment(variables);
  const { apiUrl, stepSummary } = environment;
  return {
    github: createClient(token, { apiUrl }),
    environment,
    event: await readEvent(environment),
    ...{ info, warning, setFailed, setOutput },
    writeSummary: async (markdown) => {
      if (stepSummary !== null) await appendFile(stepSummary, markdown);
    },
  };
}
