import type { Run } from '../results/journal.schema.ts';
import type { JournalWriter } from '../results/write-journal.ts';
import type { RunContext } from './run-context.ts';

/** Ends in the journal what a killed run left open, and says that the run goes on. */
export async function writeResumption(journal: JournalWriter, recorded: Run): Promise<void> {
  const ended = new Set(recorded.deploymentEnds.map(({ id }) => id));
  for (const { id } of recorded.deployments.filter((deployment) => !ended.has(deployment.id))) {
    await journal.write({ kind: 'deployment-end', id, status: 'failed', reason: 'the run ended before it did' });
  }
  await journal.write({ kind: 'resume', reason: describeEnd(recorded) });
}

/** Counts deployments and samples from 1, or on from the last that the journal has. */
export function createOrders(recorded: Pick<Run, 'deployments' | 'samples'> | null): RunContext['nextOrder'] {
  let deployments = findLast(recorded?.deployments ?? []);
  let samples = findLast(recorded?.samples ?? []);
  return {
    deployment: () => {
      deployments += 1;
      return deployments;
    },
    sample: () => {
      samples += 1;
      return samples;
    },
  };
}

function findLast(lines: readonly { readonly order: number }[]): number {
  return lines.reduce((last, { order }) => Math.max(last, order), 0);
}

function describeEnd({ end }: Run): string {
  if (end === null) return 'the run was killed before it ended';
  return `the run ended ${end.status}${end.reason === null ? '' : `: ${end.reason}`}`;
}
