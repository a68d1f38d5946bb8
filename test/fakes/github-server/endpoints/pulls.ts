import { answerPage, type Endpoint, pullOf, repositoryOf } from '../call.ts';
import { findMergeBase, listCommitsBetween } from '../git/history.ts';
import { describeCommit, describeFiles } from '../shapes/commits.ts';
import { baseSha, describePull, describePullInFull } from '../shapes/pulls.ts';
import { listPulls } from '../state.ts';

const get: Endpoint = (call) => {
  const repository = repositoryOf(call);
  return { status: 200, body: describePullInFull(repository, pullOf(call, repository)) };
};

const list: Endpoint = (call) => {
  const repository = repositoryOf(call);
  const { state = 'open', head, base } = call.query;
  const pulls = listPulls(repository)
    .filter((pull) => state === 'all' || pull.state === state)
    .filter((pull) => base === undefined || pull.baseBranch === base)
    .filter((pull) => head === undefined || `${pull.fork ?? repository.owner}:${pull.headBranch}` === head)
    .sort((a, b) => (call.query.direction === 'asc' ? a.number - b.number : b.number - a.number));
  return answerPage(
    call,
    pulls.map((pull) => describePull(repository, pull)),
  );
};

/** GitHub lists no more than 3,000 changed files, however many pages are asked for. */
const listFiles: Endpoint = (call) => {
  const repository = repositoryOf(call);
  const pull = pullOf(call, repository);
  const { objects } = repository;
  const head = objects.commits.get(pull.headSha);
  const mergeBase = findMergeBase(objects, baseSha(repository, pull), pull.headSha);
  const files = head === undefined ? [] : describeFiles(repository, mergeBase?.tree ?? '', head);
  return answerPage(call, files.slice(0, 3000));
};

const listCommits: Endpoint = (call) => {
  const repository = repositoryOf(call);
  const pull = pullOf(call, repository);
  const commits = listCommitsBetween(repository.objects, baseSha(repository, pull), pull.headSha);
  return answerPage(
    call,
    commits.slice(0, 250).map((commit) => describeCommit(repository, commit)),
  );
};

export const pullEndpoints = {
  'pulls/get': get,
  'pulls/list': list,
  'pulls/list-files': listFiles,
  'pulls/list-commits': listCommits,
} satisfies Readonly<Record<string, Endpoint>>;
