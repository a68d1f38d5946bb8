import { messageOf } from '../../src/errors.ts';
import type { RunDownload } from '../../src/github/artifacts.ts';
import { createBranchStore } from '../../src/github/branch-files.ts';
import { nightsToLearnFrom } from '../../src/history/learn.ts';
import type { Night } from '../../src/history/night.schema.ts';
import type { NightPlace } from '../../src/history/night-file.ts';
import { readNights } from '../../src/history/night-store.ts';
import type { Request } from '../../src/plans/request.schema.ts';
import { cleanText } from './clean-text.ts';
import { settle } from './settle.ts';
import type { ReportWorld } from './world.ts';

export interface Measured {
  readonly request: Request;
  readonly runs: readonly RunDownload[];
}

/**
 * Nights of what was measured, and of its baselines with themselves, which go by the name of their profile. No report
 * fails for want of a history: where it cannot be read, the policy alone counts.
 */
export async function readHistory(
  branch: string,
  { request, runs }: Measured,
  world: ReportWorld,
): Promise<readonly Night[]> {
  if (runs.length === 0) return [];
  const names = request.comparisons.flatMap(({ name, baseline }) => [name, baseline?.profile ?? name]);
  const isWanted = ({ host, comparison }: NightPlace) =>
    runs.some((run) => run.host === host) && names.includes(comparison);
  const store = createBranchStore({ github: world.github, repository: world.environment.repository, branch });
  const read = await settle(() => readNights(store, { limit: nightsToLearnFrom, isWanted }));
  if (read.kind === 'done') {
    for (const text of read.value.warnings) world.warning(cleanText(text));
    return read.value.nights;
  }
  world.warning(cleanText(`The history on ${branch} could not be read: ${messageOf(read.thrown)}`));
  return [];
}
