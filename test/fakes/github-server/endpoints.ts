import type { Endpoint } from './call.ts';
import { actionEndpoints } from './endpoints/actions.ts';
import { checkEndpoints } from './endpoints/checks.ts';
import { commentEndpoints } from './endpoints/comments.ts';
import { contentEndpoints } from './endpoints/contents.ts';
import { gitCommitEndpoints } from './endpoints/git-commits.ts';
import { gitObjectEndpoints } from './endpoints/git-objects.ts';
import { gitRefEndpoints } from './endpoints/git-refs.ts';
import { issueEndpoints } from './endpoints/issues.ts';
import { labelEndpoints } from './endpoints/labels.ts';
import { pullEndpoints } from './endpoints/pulls.ts';
import { repositoryEndpoints } from './endpoints/repositories.ts';
import type { OperationId } from './operations.ts';

/** Every described operation has an endpoint; the type says so. */
export const endpoints: Readonly<Record<OperationId, Endpoint>> = {
  ...actionEndpoints,
  ...checkEndpoints,
  ...commentEndpoints,
  ...contentEndpoints,
  ...gitCommitEndpoints,
  ...gitObjectEndpoints,
  ...gitRefEndpoints,
  ...issueEndpoints,
  ...labelEndpoints,
  ...pullEndpoints,
  ...repositoryEndpoints,
};
