import { buildPlanArtifactName } from '../../src/github/artifact-names.ts';
import type { GitHub } from '../../src/github/client.ts';
import type { Environment } from '../../src/github/environment.ts';
import { readEvent } from '../../src/github/event.ts';
import { printPlainly } from '../../src/github/print-plainly.ts';
import { createFileReader } from '../../src/github/repository-files.ts';
import { buildPlanDirectory } from '../../src/plans/plan-directory.ts';
import { gatherBranch } from './gather-branch.ts';
import { gatherPullRequest } from './gather-pull-request.ts';
import type { Gathered, Room } from './gathered.ts';
import type { PlanInputs } from './inputs.ts';
import { listIgnoredOutputs, listOutputs } from './outputs.ts';
import { readKnowledge } from './read-knowledge.ts';
import { writePlanDirectory } from './write-plan-directory.ts';

export interface PlanDependencies {
  readonly client: GitHub;
  readonly environment: Environment;
  readonly setOutput: (name: string, value: string) => void;
  readonly upload: (name: string, folder: string) => Promise<unknown>;
  /** Where the log goes; standard output unless a test listens. */
  readonly log?: { write(text: string): unknown };
  /** The clock unless a test says otherwise. */
  readonly now?: () => Date;
}

/** From the event to a plan directory, an artifact with it, and the outputs that later jobs go by. */
export async function runPlan(inputs: PlanInputs, dependencies: PlanDependencies): Promise<void> {
  const { client, environment, setOutput, upload, log, now } = dependencies;
  const room: Room = { client, environment, inputs, reader: createFileReader(client, environment.repository) };
  const gathered = await gather(room);
  if (gathered.kind === 'ignored') {
    printPlainly(`Nothing to do: ${gathered.sentence}`, log);
    for (const [name, value] of listIgnoredOutputs(gathered.sentence)) setOutput(name, value);
    return;
  }
  const knowledge = await readKnowledge(room, now?.() ?? new Date());
  const findings = { ...gathered.findings, notes: [...gathered.findings.notes, ...knowledge.notes] };
  const directory = buildPlanDirectory(gathered.facts, gathered.plan, findings, knowledge.expectChange);
  const folder = await writePlanDirectory(environment.temporaryFolder, directory);
  const artifactName = buildPlanArtifactName(environment.attempt);
  await upload(artifactName, folder);
  printPlainly(describe(directory.request), log);
  for (const [name, value] of listOutputs(directory, { folder, artifactName })) setOutput(name, value);
}

async function gather(room: Room): Promise<Gathered> {
  const event = await readEvent(room.environment);
  switch (event.kind) {
    case 'pull-request':
    case 'label':
    case 'comment':
      return gatherPullRequest(event, room);
    case 'schedule':
    case 'manual':
      return gatherBranch(event.kind, room);
    case 'push':
      return { kind: 'ignored', sentence: 'A push to a branch asks for no measurement.' };
    case 'other':
      return { kind: 'ignored', sentence: event.sentence };
  }
}

function describe(request: ReturnType<typeof buildPlanDirectory>['request']): string {
  const { comparisons, shouldMeasure, reason, notes } = request;
  return [
    shouldMeasure ? `To be measured on ${request.hosts.join(', ')}:` : `Nothing is measured (${reason}).`,
    ...comparisons.map(
      ({ name, change, cells, estimatedSeconds }) =>
        `- ${name} (${change}): ${cells} cells, about ${Math.ceil(estimatedSeconds / 60)} minutes`,
    ),
    ...[...notes, ...comparisons.flatMap((comparison) => comparison.notes)].map((note) => `Note: ${note}`),
  ].join('\n');
}
