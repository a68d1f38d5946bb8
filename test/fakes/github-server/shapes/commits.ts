import type { JsonObject } from '../answer.ts';
import { type FileDifference, listDifferences } from '../git/difference.ts';
import type { Commit } from '../git/objects.ts';
import type { Repository } from '../state.ts';
import { apiUrl, webUrl } from './repositories.ts';
import { describeUser, nodeId } from './users.ts';

const unsigned = { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null };

/** A commit as `/git/commits` has it. */
export function describeGitCommit(repository: Repository, commit: Commit): JsonObject {
  const [api, web] = [apiUrl(repository), webUrl(repository)];
  return {
    sha: commit.sha,
    node_id: nodeId('Commit', commit.sha),
    url: `${api}/git/commits/${commit.sha}`,
    html_url: `${web}/commit/${commit.sha}`,
    author: commit.author,
    committer: commit.committer,
    tree: { sha: commit.tree, url: `${api}/git/trees/${commit.tree}` },
    message: commit.message.trimEnd(),
    parents: commit.parents.map((sha) => ({ sha, url: `${api}/git/commits/${sha}`, html_url: `${web}/commit/${sha}` })),
    verification: unsigned,
  };
}

/** A commit as `/commits` and comparisons have it. */
export function describeCommit(repository: Repository, commit: Commit): JsonObject {
  const [api, web] = [apiUrl(repository), webUrl(repository)];
  return {
    sha: commit.sha,
    node_id: nodeId('Commit', commit.sha),
    commit: {
      author: commit.author,
      committer: commit.committer,
      message: commit.message.trimEnd(),
      tree: { sha: commit.tree, url: `${api}/git/trees/${commit.tree}` },
      url: `${api}/git/commits/${commit.sha}`,
      comment_count: 0,
      verification: unsigned,
    },
    url: `${api}/commits/${commit.sha}`,
    html_url: `${web}/commit/${commit.sha}`,
    comments_url: `${api}/commits/${commit.sha}/comments`,
    author: describeUser(commit.author.name.replaceAll(' ', '-')),
    committer: describeUser(commit.committer.name.replaceAll(' ', '-')),
    parents: commit.parents.map((sha) => ({ sha, url: `${api}/commits/${sha}`, html_url: `${web}/commit/${sha}` })),
  };
}

/** The files that differ between two trees, as lists of changed files have them. `ref` is the side the addresses lead to. */
export function describeFiles(repository: Repository, before: string, after: Commit): JsonObject[] {
  return listDifferences(repository.objects, before, after.tree).map((difference) =>
    describeFile(repository, difference, after.sha),
  );
}

function describeFile(repository: Repository, difference: FileDifference, ref: string): JsonObject {
  const path = difference.path.split('/').map(encodeURIComponent).join('/');
  return {
    sha: difference.sha,
    filename: difference.path,
    status: difference.status,
    additions: difference.additions,
    deletions: difference.deletions,
    changes: difference.additions + difference.deletions,
    blob_url: `${webUrl(repository)}/blob/${ref}/${path}`,
    raw_url: `${webUrl(repository)}/raw/${ref}/${path}`,
    contents_url: `${apiUrl(repository)}/contents/${path}?ref=${ref}`,
    ...(difference.patch === null ? {} : { patch: difference.patch }),
    ...(difference.previousPath === undefined ? {} : { previous_filename: difference.previousPath }),
  };
}
