import * as z from 'zod';
import { ApiError, notFound } from '../answer.ts';
import { type Call, type Endpoint, repositoryOf } from '../call.ts';
import { addCommit, type Commit, type Signature } from '../git/objects.ts';
import { describeGitCommit } from '../shapes/commits.ts';
import { userId } from '../shapes/users.ts';
import type { Repository } from '../state.ts';

const personSchema = z.object({ name: z.string(), email: z.string(), date: z.string().optional() });
const createSchema = z.object({
  message: z.string(),
  tree: z.string(),
  parents: z.array(z.string()).default([]),
  author: personSchema.optional(),
  committer: personSchema.optional(),
});

interface NewCommit {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
  readonly author?: z.infer<typeof personSchema> | undefined;
  readonly committer?: z.infer<typeof personSchema> | undefined;
}

/** Who is not named is the owner of the token, and the time not named is now. */
export function addCommitAs(call: Call, repository: Repository, commit: NewCommit): Commit {
  const { login } = call.token;
  const now = call.state.now();
  const self: Signature = { name: login, email: `${userId(login)}+${login}@users.noreply.github.com`, date: now };
  const sign = (person: NewCommit['author']): Signature =>
    person === undefined ? self : { ...person, date: person.date ?? now };
  const author = sign(commit.author);
  const committer = commit.committer === undefined ? author : sign(commit.committer);
  const { tree, parents, message } = commit;
  return addCommit(repository.objects, { tree, parents, message, author, committer });
}

const get: Endpoint = (call) => {
  const repository = repositoryOf(call);
  const commit = repository.objects.commits.get(call.params.commit_sha ?? '');
  if (commit === undefined) throw notFound();
  return { status: 200, body: describeGitCommit(repository, commit) };
};

const create: Endpoint = (call) => {
  const repository = repositoryOf(call);
  const body = createSchema.parse(call.body);
  if (!repository.objects.trees.has(body.tree)) throw new ApiError(422, 'Tree SHA does not exist');
  for (const parent of body.parents) {
    if (!repository.objects.commits.has(parent))
      throw new ApiError(422, 'Parent SHA does not exist or is not a commit object');
  }
  return { status: 201, body: describeGitCommit(repository, addCommitAs(call, repository, body)) };
};

export const gitCommitEndpoints = {
  'git/get-commit': get,
  'git/create-commit': create,
} satisfies Readonly<Record<string, Endpoint>>;
