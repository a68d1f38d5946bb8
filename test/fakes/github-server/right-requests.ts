import type { Client } from './connect.ts';
import { lab } from './lab.ts';
import type { OperationId } from './operations.ts';
import type { GitHubServer } from './server.ts';

interface Place {
  readonly client: Client;
  readonly server: GitHubServer;
}

type Ask = (place: Place) => Promise<{ readonly status: number }>;

const comment = async ({ client }: Place): Promise<number> =>
  (await client.rest.issues.createComment({ ...lab, issue_number: 7, body: 'Hello' })).data.id;

const check = async ({ client, server }: Place): Promise<number> =>
  (await client.rest.checks.create({ ...lab, name: 'tunegate', head_sha: server.sha('tune'), status: 'in_progress' }))
    .data.id;

const content = (text: string): string => Buffer.from(text).toString('base64');

const branch = async ({ client, server }: Place): Promise<string> => {
  const ref = `heads/history/${server.state.nextId()}`;
  await client.rest.git.createRef({ ...lab, ref: `refs/${ref}`, sha: server.sha('base') });
  return ref;
};

/** For each operation a request as a client of ours would make it. */
export const rightRequests: Readonly<Record<OperationId, Ask>> = {
  'rate-limit/get': ({ client }) => client.rest.rateLimit.get(),
  'repos/get': ({ client }) => client.rest.repos.get(lab),
  'repos/get-branch': ({ client }) => client.rest.repos.getBranch({ ...lab, branch: 'main' }),
  'repos/get-commit': ({ client }) => client.rest.repos.getCommit({ ...lab, ref: 'main' }),
  'repos/list-commits': ({ client }) => client.rest.repos.listCommits(lab),
  'repos/list-pull-requests-associated-with-commit': ({ client, server }) =>
    client.rest.repos.listPullRequestsAssociatedWithCommit({
      ...lab,
      owner: 'mallory',
      commit_sha: server.sha('tune'),
    }),
  'repos/compare-commits-with-basehead': ({ client }) =>
    client.rest.repos.compareCommitsWithBasehead({ ...lab, basehead: 'main...mallory:tune' }),
  'repos/get-content': ({ client }) =>
    client.rest.repos.getContent({ ...lab, path: 'profiles/stock.yaml', ref: 'main' }),
  'repos/create-or-update-file-contents': ({ client }) =>
    client.rest.repos.createOrUpdateFileContents({ ...lab, path: 'a/b.json', message: 'Add', content: content('{}') }),
  'repos/get-collaborator-permission-level': ({ client }) =>
    client.rest.repos.getCollaboratorPermissionLevel({ ...lab, username: 'maintainer' }),
  'pulls/get': ({ client }) => client.rest.pulls.get({ ...lab, pull_number: 7 }),
  'pulls/list': ({ client }) => client.rest.pulls.list({ ...lab, state: 'all' }),
  'pulls/list-files': ({ client }) => client.rest.pulls.listFiles({ ...lab, pull_number: 7, per_page: 100 }),
  'pulls/list-commits': ({ client }) => client.rest.pulls.listCommits({ ...lab, pull_number: 7 }),
  'issues/get': ({ client }) => client.rest.issues.get({ ...lab, issue_number: 7 }),
  'issues/list-for-repo': ({ client }) => client.rest.issues.listForRepo({ ...lab, state: 'all', labels: 'a,b' }),
  'issues/create': ({ client }) =>
    client.rest.issues.create({ ...lab, title: 'A night', body: 'Bad', labels: ['night'] }),
  'issues/update': ({ client }) =>
    client.rest.issues.update({ ...lab, issue_number: 7, state: 'closed', state_reason: 'completed' }),
  'issues/list-comments': async (place) => {
    await comment(place);
    return place.client.rest.issues.listComments({ ...lab, issue_number: 7, per_page: 100 });
  },
  'issues/create-comment': ({ client }) => client.rest.issues.createComment({ ...lab, issue_number: 7, body: 'Hello' }),
  'issues/get-comment': async (place) =>
    place.client.rest.issues.getComment({ ...lab, comment_id: await comment(place) }),
  'issues/update-comment': async (place) =>
    place.client.rest.issues.updateComment({ ...lab, comment_id: await comment(place), body: 'Again' }),
  'issues/delete-comment': async (place) =>
    place.client.rest.issues.deleteComment({ ...lab, comment_id: await comment(place) }),
  'issues/list-labels-on-issue': ({ client }) => client.rest.issues.listLabelsOnIssue({ ...lab, issue_number: 7 }),
  'issues/add-labels': ({ client }) => client.rest.issues.addLabels({ ...lab, issue_number: 7, labels: ['a b'] }),
  'issues/remove-label': async ({ client }) => {
    await client.rest.issues.addLabels({ ...lab, issue_number: 7, labels: ['c/d'] });
    return client.rest.issues.removeLabel({ ...lab, issue_number: 7, name: 'c/d' });
  },
  'issues/get-label': ({ client }) => client.rest.issues.getLabel({ ...lab, name: 'tunegate:run' }),
  'issues/create-label': ({ client }) =>
    client.rest.issues.createLabel({ ...lab, name: 'red', color: 'ff0000', description: 'A colour' }),
  'reactions/create-for-issue-comment': async (place) =>
    place.client.rest.reactions.createForIssueComment({ ...lab, comment_id: await comment(place), content: 'eyes' }),
  'checks/create': ({ client, server }) =>
    client.rest.checks.create({
      ...lab,
      name: 'tunegate',
      head_sha: server.sha('tune'),
      status: 'completed',
      conclusion: 'failure',
      output: { title: 'Regressed', summary: 'One cell' },
    }),
  'checks/get': async (place) => place.client.rest.checks.get({ ...lab, check_run_id: await check(place) }),
  'checks/update': async (place) =>
    place.client.rest.checks.update({ ...lab, check_run_id: await check(place), conclusion: 'success' }),
  'checks/list-for-ref': async (place) => {
    await check(place);
    return place.client.rest.checks.listForRef({ ...lab, ref: place.server.sha('tune'), check_name: 'tunegate' });
  },
  'git/get-blob': async ({ client }) => {
    const { data } = await client.rest.git.createBlob({ ...lab, content: '{}' });
    return client.rest.git.getBlob({ ...lab, file_sha: data.sha });
  },
  'git/create-blob': ({ client }) => client.rest.git.createBlob({ ...lab, content: content('{}'), encoding: 'base64' }),
  'git/get-tree': ({ client }) => client.rest.git.getTree({ ...lab, tree_sha: 'main', recursive: '1' }),
  'git/create-tree': ({ client }) =>
    client.rest.git.createTree({ ...lab, tree: [{ path: 'a/b', mode: '100644', type: 'blob', content: 'b' }] }),
  'git/get-commit': ({ client, server }) => client.rest.git.getCommit({ ...lab, commit_sha: server.sha('tune') }),
  'git/create-commit': async ({ client, server }) => {
    const { data } = await client.rest.git.getCommit({ ...lab, commit_sha: server.sha('tune') });
    return client.rest.git.createCommit({ ...lab, message: 'Add', tree: data.tree.sha, parents: [data.sha] });
  },
  'git/get-ref': ({ client }) => client.rest.git.getRef({ ...lab, ref: 'heads/main' }),
  'git/list-matching-refs': ({ client }) => client.rest.git.listMatchingRefs({ ...lab, ref: 'heads/ma' }),
  'git/create-ref': ({ client, server }) =>
    client.rest.git.createRef({ ...lab, ref: 'refs/heads/new/one', sha: server.sha('tune') }),
  'git/update-ref': async (place) =>
    place.client.rest.git.updateRef({ ...lab, ref: await branch(place), sha: place.server.sha('tune') }),
  'git/delete-ref': async (place) => place.client.rest.git.deleteRef({ ...lab, ref: await branch(place) }),
  'actions/list-workflow-runs-for-repo': ({ client }) => client.rest.actions.listWorkflowRunsForRepo(lab),
  'actions/list-workflow-runs': ({ client }) =>
    client.rest.actions.listWorkflowRuns({ ...lab, workflow_id: 'tuning-pr.yml' }),
  'actions/get-workflow-run': ({ client }) => client.rest.actions.getWorkflowRun({ ...lab, run_id: 4711 }),
  'actions/list-jobs-for-workflow-run': ({ client }) =>
    client.rest.actions.listJobsForWorkflowRun({ ...lab, run_id: 4711 }),
  'actions/list-jobs-for-workflow-run-attempt': ({ client }) =>
    client.rest.actions.listJobsForWorkflowRunAttempt({ ...lab, run_id: 4711, attempt_number: 1 }),
  'actions/list-workflow-run-artifacts': ({ client }) =>
    client.rest.actions.listWorkflowRunArtifacts({ ...lab, run_id: 4711 }),
  'actions/list-artifacts-for-repo': ({ client }) => client.rest.actions.listArtifactsForRepo(lab),
  'actions/get-artifact': ({ client }) => client.rest.actions.getArtifact({ ...lab, artifact_id: 1 }),
  'actions/download-artifact': ({ client }) =>
    client.rest.actions.downloadArtifact({ ...lab, artifact_id: 1, archive_format: 'zip' }),
};
