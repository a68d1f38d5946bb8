import { createHash } from 'node:crypto';
import type { JsonObject } from '../answer.ts';
import { type Artifact, type CheckRun, type Job, listPulls, type Repository, type WorkflowRun } from '../state.ts';
import { describePullLink } from './pulls.ts';
import { apiUrl, describeRepository, webUrl } from './repositories.ts';
import { describeUser, nodeId, userId } from './users.ts';

/** Only pull requests from the repository itself: GitHub leaves those of forks out here. */
function pullsAt(repository: Repository, sha: string): JsonObject[] {
  return listPulls(repository)
    .filter((pull) => pull.fork === null && pull.headSha === sha && pull.state === 'open')
    .map((pull) => describePullLink(repository, pull));
}

const actionsApp = {
  id: 15_368,
  slug: 'github-actions',
  node_id: nodeId('App', 15_368),
  owner: describeUser('github'),
  name: 'GitHub Actions',
  description: 'Automate your workflow from idea to production',
  external_url: 'https://help.github.com/en/actions',
  html_url: 'https://github.com/apps/github-actions',
  created_at: '2018-07-30T09:30:17Z',
  updated_at: '2024-04-10T20:33:16Z',
  permissions: { actions: 'write', checks: 'write', contents: 'write', issues: 'write', pull_requests: 'write' },
  events: ['check_run', 'pull_request', 'workflow_run'],
};

export function describeCheckRun(repository: Repository, check: CheckRun): JsonObject {
  const url = `${apiUrl(repository)}/check-runs/${check.id}`;
  const page = `${webUrl(repository)}/runs/${check.id}`;
  return {
    id: check.id,
    name: check.name,
    node_id: nodeId('CheckRun', check.id),
    head_sha: check.headSha,
    external_id: check.externalId ?? '',
    url,
    html_url: page,
    details_url: check.detailsUrl ?? page,
    status: check.status,
    conclusion: check.conclusion,
    started_at: check.startedAt,
    completed_at: check.completedAt,
    output: {
      title: check.output.title,
      summary: check.output.summary,
      text: check.output.text,
      annotations_count: check.output.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    check_suite: { id: checkSuiteId(check.headSha) },
    app: actionsApp,
    pull_requests: pullsAt(repository, check.headSha),
  };
}

/** All checks of one commit by one app are one suite. */
function checkSuiteId(sha: string): number {
  return userId(`suite ${sha}`);
}

export function describeRun(run: WorkflowRun): JsonObject {
  const { repository } = run;
  const url = `${apiUrl(repository)}/actions/runs/${run.id}`;
  const commit = repository.objects.commits.get(run.headSha);
  return {
    id: run.id,
    name: run.name,
    node_id: nodeId('WorkflowRun', run.id),
    head_branch: run.headBranch,
    head_sha: run.headSha,
    path: run.path,
    display_title: commit?.message.split('\n')[0] ?? run.name,
    run_number: 1,
    event: run.event,
    status: run.status,
    conclusion: run.conclusion,
    workflow_id: workflowId(run.path),
    check_suite_id: checkSuiteId(run.headSha),
    check_suite_node_id: nodeId('CheckSuite', checkSuiteId(run.headSha)),
    url,
    html_url: `${webUrl(repository)}/actions/runs/${run.id}`,
    pull_requests: pullsAt(repository, run.headSha),
    created_at: run.createdAt,
    updated_at: run.updatedAt,
    run_started_at: run.createdAt,
    run_attempt: run.attempt,
    previous_attempt_url: null,
    actor: describeUser(run.actor),
    triggering_actor: describeUser(run.actor),
    referenced_workflows: [],
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${apiUrl(repository)}/check-suites/${checkSuiteId(run.headSha)}`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    workflow_url: `${apiUrl(repository)}/actions/workflows/${workflowId(run.path)}`,
    head_commit:
      commit === undefined
        ? null
        : {
            id: commit.sha,
            tree_id: commit.tree,
            message: commit.message,
            timestamp: commit.committer.date,
            author: { name: commit.author.name, email: commit.author.email },
            committer: { name: commit.committer.name, email: commit.committer.email },
          },
    repository: describeRepository(repository),
    head_repository: describeRepository(repository),
  };
}

export function workflowId(path: string): number {
  return userId(`workflow ${path}`);
}

export function describeJob(run: WorkflowRun, job: Job): JsonObject {
  const url = `${apiUrl(run.repository)}/actions/jobs/${job.id}`;
  return {
    id: job.id,
    run_id: run.id,
    workflow_name: run.name,
    head_branch: run.headBranch,
    run_url: `${apiUrl(run.repository)}/actions/runs/${run.id}`,
    run_attempt: run.attempt,
    node_id: nodeId('CheckRun', job.id),
    head_sha: run.headSha,
    url,
    html_url: `${webUrl(run.repository)}/actions/runs/${run.id}/job/${job.id}`,
    status: job.status,
    conclusion: job.conclusion,
    created_at: run.createdAt,
    started_at: run.createdAt,
    completed_at: job.status === 'completed' ? run.updatedAt : null,
    name: job.name,
    steps: [],
    check_run_url: `${apiUrl(run.repository)}/check-runs/${job.id}`,
    labels: job.labels,
    runner_id: job.runnerName === null ? null : userId(`runner ${job.runnerName}`),
    runner_name: job.runnerName,
    runner_group_id: job.runnerName === null ? null : 1,
    runner_group_name: job.runnerName === null ? null : 'Default',
  };
}

export function describeArtifact(run: WorkflowRun, artifact: Artifact): JsonObject {
  const url = `${apiUrl(run.repository)}/actions/artifacts/${artifact.id}`;
  return {
    id: artifact.id,
    node_id: nodeId('Artifact', artifact.id),
    name: artifact.name,
    size_in_bytes: artifact.content.length,
    url,
    archive_download_url: `${url}/zip`,
    expired: artifact.expired,
    digest: digestOf(artifact),
    created_at: artifact.createdAt,
    updated_at: artifact.createdAt,
    expires_at: new Date(Date.parse(artifact.createdAt) + 90 * 86_400_000).toISOString(),
    workflow_run: {
      id: run.id,
      repository_id: run.repository.id,
      head_repository_id: run.repository.id,
      head_branch: run.headBranch,
      head_sha: run.headSha,
    },
  };
}

export function digestOf(artifact: Artifact): string {
  return `sha256:${createHash('sha256').update(artifact.content).digest('hex')}`;
}
