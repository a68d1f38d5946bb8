import { findHead, numberOf } from '../../src/github/find-head.ts';
import { findPullRequest } from '../../src/github/find-pull-request.ts';
import type { Subject } from './build-input.ts';
import type { ReportInputs } from './inputs.ts';
import type { ReportWorld } from './world.ts';

/**
 * Which commit and which pull request this is about, by what GitHub says alone: its event, the output of the plan job,
 * its API. An artifact has no word in it, since a measured host could write one.
 */
export async function findSubject({ headSha: given }: ReportInputs, world: ReportWorld): Promise<Subject> {
  const { github, environment, event } = world;
  const { repository } = environment;
  const headSha = await findHead(github, repository, { given, event });
  if (headSha === null) return { headSha: null, pullRequest: null, note: null };
  const isPlain = event.kind === 'schedule' || event.kind === 'manual' || event.kind === 'push';
  if (isPlain) return { headSha, pullRequest: null, note: null };
  const found = await findPullRequest({ github, repository, headSha, eventNumber: numberOf(event) });
  switch (found.kind) {
    case 'current':
      return { headSha, pullRequest: found.number, note: null };
    case 'moved': {
      const short = (sha: string) => sha.slice(0, 7);
      const note = `The pull request has moved on to ${short(found.headSha)}; this is about ${short(headSha)}, which was its head before.`;
      return { headSha, pullRequest: found.number, note };
    }
    case 'none':
      world.warning(`There is no pull request to comment on: ${found.reason}.`);
      return { headSha, pullRequest: null, note: null };
  }
}
