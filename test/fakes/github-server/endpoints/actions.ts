import { ApiError, notFound } from '../answer.ts';
import { answerCounted, type Call, type Endpoint, repositoryOf } from '../call.ts';
import { describeArtifact, describeJob, describeRun, workflowId } from '../shapes/actions.ts';
import type { Artifact, Repository, WorkflowRun } from '../state.ts';

const getRateLimit: Endpoint = (call) => {
  const reset = Math.floor(Date.parse(call.state.now()) / 1000) + 3600;
  const core = { limit: 1000, used: 0, remaining: 1000, reset };
  return { status: 200, body: { resources: { core, search: core }, rate: core } };
};

function listRunsOf(call: Call, keep: (run: WorkflowRun) => boolean): ReturnType<Endpoint> {
  const repository = repositoryOf(call);
  const { head_sha: sha, event, branch, status, actor } = call.query;
  const runs = [...call.state.runs.values()]
    .filter((run) => run.repository === repository && keep(run))
    .filter((run) => sha === undefined || run.headSha === sha)
    .filter((run) => event === undefined || run.event === event)
    .filter((run) => branch === undefined || run.headBranch === branch)
    .filter((run) => status === undefined || run.status === status || run.conclusion === status)
    .filter((run) => actor === undefined || run.actor === actor)
    .sort((a, b) => (a.createdAt === b.createdAt ? b.id - a.id : a.createdAt < b.createdAt ? 1 : -1));
  return answerCounted(call, 'workflow_runs', runs.map(describeRun));
}

const listRuns: Endpoint = (call) => listRunsOf(call, () => true);

/** The workflow by number or by the name of its file. */
const listRunsOfWorkflow: Endpoint = (call) => {
  const wanted = call.params.workflow_id ?? '';
  return listRunsOf(call, ({ path }) => path.endsWith(`/${wanted}`) || String(workflowId(path)) === wanted);
};

function runOf(call: Call): WorkflowRun {
  const run = call.state.runs.get(Number(call.params.run_id));
  if (run === undefined || run.repository !== repositoryOf(call)) throw notFound();
  return run;
}

const getRun: Endpoint = (call) => ({ status: 200, body: describeRun(runOf(call)) });

const listJobs: Endpoint = (call) => {
  const run = runOf(call);
  return answerCounted(
    call,
    'jobs',
    run.jobs.map((job) => describeJob(run, job)),
  );
};

function listArtifacts(call: Call, repository: Repository, runId?: number): ReturnType<Endpoint> {
  const found = [...call.state.artifacts.values()]
    .filter((artifact) => artifact.finalized && (runId === undefined || artifact.runId === runId))
    .filter((artifact) => call.query.name === undefined || artifact.name === call.query.name)
    .flatMap((artifact) => {
      const run = call.state.runs.get(artifact.runId);
      return run === undefined || run.repository !== repository ? [] : [describeArtifact(run, artifact)];
    })
    .reverse();
  return answerCounted(call, 'artifacts', found);
}

const listArtifactsOfRun: Endpoint = (call) => listArtifacts(call, repositoryOf(call), runOf(call).id);
const listArtifactsOfRepository: Endpoint = (call) => listArtifacts(call, repositoryOf(call));

function artifactOf(call: Call): { artifact: Artifact; run: WorkflowRun } {
  const artifact = call.state.artifacts.get(Number(call.params.artifact_id));
  const run = call.state.runs.get(artifact?.runId ?? Number.NaN);
  if (artifact?.finalized !== true || run?.repository !== repositoryOf(call)) throw notFound();
  return { artifact, run };
}

const getArtifact: Endpoint = (call) => {
  const { artifact, run } = artifactOf(call);
  return { status: 200, body: describeArtifact(run, artifact) };
};

/** The content is elsewhere: a redirect to it, good for a minute on GitHub. */
const downloadArtifact: Endpoint = (call) => {
  const { artifact } = artifactOf(call);
  if (artifact.expired) throw new ApiError(410, 'Artifact has expired');
  return { status: 302, headers: { location: `${call.origin}/_blob/${artifact.id}?sig=download` } };
};

export const actionEndpoints = {
  'rate-limit/get': getRateLimit,
  'actions/list-workflow-runs-for-repo': listRuns,
  'actions/list-workflow-runs': listRunsOfWorkflow,
  'actions/get-workflow-run': getRun,
  'actions/list-jobs-for-workflow-run': listJobs,
  'actions/list-jobs-for-workflow-run-attempt': listJobs,
  'actions/list-workflow-run-artifacts': listArtifactsOfRun,
  'actions/list-artifacts-for-repo': listArtifactsOfRepository,
  'actions/get-artifact': getArtifact,
  'actions/download-artifact': downloadArtifact,
} satisfies Readonly<Record<string, Endpoint>>;
