import { ConfigurationError, MeasurementError } from '../../src/errors.ts';
import type { Download } from '../../src/github/artifacts.ts';
import type { RepositoryName } from '../../src/github/client.ts';
import { readRequest } from '../../src/measurement/read-plan-directory.ts';
import type { Request } from '../../src/plans/request.schema.ts';

/** What was to be measured, as the plan job wrote it. */
export interface LocatedPlan {
  readonly folder: string;
  readonly request: Request;
}

/** What the request must agree with, known from elsewhere. */
export interface PlanOrigin {
  readonly repository: RepositoryName;
  /** null: no commit is known from elsewhere. */
  readonly headSha: string | null;
}

/**
 * The plan directory, or a sentence why there is none that counts. Any job of the workflow can upload an artifact, so
 * the request is held against what GitHub itself says: the repository and the head commit.
 */
export async function locatePlan(
  given: string | null,
  download: () => Promise<Download>,
  origin: PlanOrigin,
): Promise<LocatedPlan | string> {
  const found: Download = given === null ? await download() : { kind: 'found', folder: given, attempt: 1, id: null };
  if (found.kind === 'missing') return 'The plan of this workflow run is not there.';
  if (found.kind === 'refused') return `The plan of this workflow run is refused: ${found.reason}`;
  try {
    const request = await readRequest(found.folder);
    refuseOther(request, origin);
    return { folder: found.folder, request };
  } catch (thrown) {
    if (thrown instanceof ConfigurationError || thrown instanceof MeasurementError) return thrown.message;
    throw thrown;
  }
}

function refuseOther({ repository, headSha }: Request, origin: PlanOrigin): void {
  const { owner, repo } = origin.repository;
  if (`${repository.owner}/${repository.name}`.toLowerCase() !== `${owner}/${repo}`.toLowerCase()) {
    throw new MeasurementError(
      `The plan is for ${repository.owner}/${repository.name}, and this workflow runs in ${owner}/${repo}.`,
    );
  }
  if (origin.headSha === null || origin.headSha === headSha) return;
  throw new MeasurementError(`The plan is for commit ${headSha}, and this workflow is about ${origin.headSha}.`);
}
