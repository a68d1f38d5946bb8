import * as z from 'zod';
import { ApiError, notFound } from '../answer.ts';
import { answerPage, type Call, type Endpoint, issueOf, repositoryOf } from '../call.ts';
import { describeComment } from '../shapes/issues.ts';
import { describeUser, nodeId } from '../shapes/users.ts';
import type { Comment, Repository } from '../state.ts';
import { refuseLongBody } from './issues.ts';

const bodySchema = z.object({ body: z.string() });

const list: Endpoint = (call) => {
  const repository = repositoryOf(call);
  const issue = issueOf(call, repository);
  const { since } = call.query;
  const comments = [...repository.comments.values()]
    .filter((comment) => comment.issueNumber === issue.number)
    .filter((comment) => since === undefined || comment.updatedAt >= since);
  return answerPage(
    call,
    comments.map((comment) => describeComment(repository, comment)),
  );
};

const create: Endpoint = (call) => {
  const repository = repositoryOf(call);
  const issue = issueOf(call, repository);
  const { body } = bodySchema.parse(call.body);
  refuseLongBody('IssueComment', body);
  const now = call.state.now();
  const comment: Comment = {
    id: call.state.nextId(),
    issueNumber: issue.number,
    author: call.token.login,
    body,
    createdAt: now,
    updatedAt: now,
  };
  repository.comments.set(comment.id, comment);
  issue.updatedAt = now;
  return { status: 201, body: describeComment(repository, comment) };
};

const get: Endpoint = (call) => {
  const repository = repositoryOf(call);
  return { status: 200, body: describeComment(repository, commentOf(call, repository)) };
};

const update: Endpoint = (call) => {
  const repository = repositoryOf(call);
  const comment = ownCommentOf(call, repository);
  const { body } = bodySchema.parse(call.body);
  refuseLongBody('IssueComment', body);
  comment.body = body;
  comment.updatedAt = call.state.now();
  return { status: 200, body: describeComment(repository, comment) };
};

const remove: Endpoint = (call) => {
  const repository = repositoryOf(call);
  repository.comments.delete(ownCommentOf(call, repository).id);
  return { status: 204 };
};

const reactionSchema = z.object({ content: z.string() });

/** The same reaction of the same person again is 200 and the old one. */
const react: Endpoint = (call) => {
  const repository = repositoryOf(call);
  const comment = commentOf(call, repository);
  const { content } = reactionSchema.parse(call.body);
  const key = `${comment.id} ${call.token.login} ${content}`;
  const known = repository.reactions.get(key);
  const id = known ?? call.state.nextId();
  repository.reactions.set(key, id);
  return {
    status: known === undefined ? 201 : 200,
    body: {
      id,
      node_id: nodeId('Reaction', id),
      user: describeUser(call.token.login),
      content,
      created_at: call.state.now(),
    },
  };
};

function commentOf(call: Call, repository: Repository): Comment {
  const comment = repository.comments.get(Number(call.params.comment_id));
  if (comment === undefined) throw notFound();
  return comment;
}

/** Somebody else's comment is changed only by who may write to the repository, or by a workflow whose token may write comments. */
function ownCommentOf(call: Call, repository: Repository): Comment {
  const comment = commentOf(call, repository);
  const { login, runId } = call.token;
  const mayWrite = ['admin', 'maintain', 'write'].includes(repository.permissions.get(login) ?? 'none');
  if (comment.author === login || runId !== null || mayWrite) return comment;
  throw new ApiError(403, 'Must have admin rights to Repository.');
}

export const commentEndpoints = {
  'issues/list-comments': list,
  'issues/create-comment': create,
  'issues/get-comment': get,
  'issues/update-comment': update,
  'issues/delete-comment': remove,
  'reactions/create-for-issue-comment': react,
} satisfies Readonly<Record<string, Endpoint>>;
