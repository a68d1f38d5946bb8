import type { GitHub, RepositoryName } from './client.ts';
import type { TriggerEvent } from './event.ts';
import { readPullRequest } from './pull-request.ts';

/** Number of the pull request that an event is about; null where it is about none. */
export function numberOf(event: TriggerEvent): number | null {
  return 'number' in event ? event.number : null;
}

/** Head of the pull request as the event has it; null where it does not say, as that of a comment. */
export function headOf(event: TriggerEvent): string | null {
  return 'headSha' in event ? event.headSha : null;
}

/**
 * The commit that a workflow is about: as an earlier job found it, else as the event has it, else the head of the
 * pull request as it is now. null: the event is about no pull request.
 */
export async function findHead(
  github: GitHub,
  repository: RepositoryName,
  { given, event }: { readonly given: string | null; readonly event: TriggerEvent },
): Promise<string | null> {
  const known = given ?? headOf(event);
  const number = numberOf(event);
  if (known !== null || number === null) return known;
  return (await readPullRequest(github, repository, number)).headSha;
}
