import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { messageOf } from '../../../src/errors.ts';
import { type Answer, ApiError, notFound } from './answer.ts';
import { answerArtifactCall, answerBlobCall } from './artifact-service.ts';
import type { Description, Matched } from './description.ts';
import { endpoints } from './endpoints.ts';
import { buildTrouble, type Misbehaviour, type Misbehaviours } from './misbehaviour.ts';
import { isPull, type State } from './state.ts';
import { authenticate, authorize, type Token } from './tokens.ts';
import { type Asked, readRequest, send } from './transport.ts';

export interface AnsweredRequest {
  readonly method: string;
  /** As it was sent, without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Name of the operation; null where there is none of that address. */
  readonly operation: string | null;
  /** Parsed where it was JSON. */
  readonly body: unknown;
  readonly status: number;
  /** Who asked; null without a good token. */
  readonly login: string | null;
  readonly misbehaviour: Misbehaviour['kind'] | null;
}

export interface Parts {
  readonly state: State;
  readonly tokens: ReadonlyMap<string, Token>;
  readonly description: Description;
  readonly misbehaviours: Misbehaviours;
  readonly violations: string[];
  readonly requests: AnsweredRequest[];
  readonly address: { readonly origin: string };
}

/** What one request is and how it is done; `run` has the effect. */
interface Task {
  readonly operation: string | null;
  readonly login: string | null;
  run(): Answer;
}

export function createRequestListener(parts: Parts): RequestListener {
  return (request, response) => {
    respond(parts, request, response).catch((thrown: unknown) => {
      parts.violations.push(`The stand-in failed: ${messageOf(thrown)}`);
      response.destroy();
    });
  };
}

async function respond(parts: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const asked = await readRequest(request, parts.address.origin);
  const task = findTask(parts, asked);
  const wish = parts.misbehaviours.take(task.operation ?? 'unknown', asked.method);
  const trouble = wish === null ? null : buildTrouble(wish);
  const right = trouble === null || wish?.afterEffect === true ? attempt(parts, asked, task) : null;
  const answer = trouble ?? right ?? { status: 500 };
  const { operation, login } = task;
  const { method, query, body } = asked;
  const { status } = answer;
  parts.requests.push({
    method,
    path: asked.url.pathname,
    query,
    operation,
    body,
    status,
    login,
    misbehaviour: wish?.kind ?? null,
  });
  if (wish?.kind === 'slow') await sleep(wish.delayMilliseconds ?? 1000);
  if (wish?.kind === 'disconnect') response.destroy();
  else send(response, answer, wish?.kind === 'truncated');
}

/** The answer to a request: an answer of ours that is not as described becomes a 500, and so does such a request. */
function attempt(parts: Parts, asked: Asked, task: Task): Answer {
  try {
    return task.run();
  } catch (thrown) {
    if (thrown instanceof ApiError) return thrown.answer;
    const found = thrown instanceof z.ZodError ? z.prettifyError(thrown) : messageOf(thrown);
    const sentence = `${asked.method} ${asked.url.pathname}${asked.url.search}: ${found}`;
    parts.violations.push(sentence);
    return { status: 500, body: { message: sentence } };
  }
}

function findTask(parts: Parts, asked: Asked): Task {
  const { state, address } = parts;
  const { method, url, content, body } = asked;
  const artifactMethod = /^\/twirp\/github\.actions\.results\.api\.v1\.ArtifactService\/(\w+)$/.exec(url.pathname)?.[1];
  if (artifactMethod !== undefined && method === 'POST') {
    const { authorization } = asked.headers;
    const call = { state, origin: address.origin, method: artifactMethod, authorization, body };
    return { operation: artifactMethod, login: null, run: () => answerArtifactCall(call) };
  }
  if (url.pathname.startsWith('/_blob/')) {
    const operation = method === 'PUT' ? 'blob/put' : 'blob/get';
    return { operation, login: null, run: () => answerBlobCall(state, method, url, content) };
  }
  const request = { method, path: encodeSlashes(url.pathname), query: asked.query, body, headers: asked.headers };
  const matched = parts.description.match(request);
  const { authorization } = asked.headers;
  const token = parts.tokens.get(authorization?.replace(/^(bearer|token) /i, '') ?? '');
  return {
    operation: matched?.operation ?? null,
    login: token?.login ?? null,
    run: () => runOperation(parts, asked, request, matched),
  };
}

/** Paths inside a repository may come with their slashes encoded or not. */
function encodeSlashes(path: string): string {
  const found = /^(\/repos\/[^/]+\/[^/]+\/(?:contents|compare|branches|git\/refs?|git\/matching-refs)\/)(.+)$/.exec(
    path,
  );
  if (found !== null) return `${found[1]}${found[2]?.replaceAll('/', '%2F')}`;
  return path.replace(/^(\/repos\/[^/]+\/[^/]+\/contents)\/?$/, '$1/%2F');
}

type DescribedRequest = Parameters<Description['refuseRequest']>[0];

function runOperation(parts: Parts, asked: Asked, request: DescribedRequest, matched: Matched | null): Answer {
  const token = authenticate(parts.tokens, asked.headers.authorization);
  if (matched === null) {
    parts.violations.push(`${asked.method} ${asked.url.pathname}: the stand-in has no such operation`);
    throw notFound();
  }
  const { operation, params } = matched;
  const refused = parts.description.refuseRequest(request, operation);
  if (refused !== null) throw new Error(refused);
  authorize(token, operation, asked.method, isAboutPull(parts.state, params));
  const { query, body, url } = asked;
  const call = {
    state: parts.state,
    origin: parts.address.origin,
    token,
    params,
    query,
    body,
    url,
    accept: asked.headers.accept ?? '',
  };
  const answer = tellRefusal(() => endpoints[operation](call));
  const wrong = answer.raw === undefined ? parts.description.refuseAnswer(operation, answer.status, answer.body) : null;
  if (wrong !== null) throw new Error(wrong);
  return answer;
}

function tellRefusal(run: () => Answer): Answer {
  try {
    return run();
  } catch (thrown) {
    if (thrown instanceof ApiError) return thrown.answer;
    throw thrown;
  }
}

/** Whether the issue that a path names is a pull request; null: it names none. */
function isAboutPull(state: State, params: Matched['params']): boolean | null {
  const repository = state.repositories.get(`${params.owner}/${params.repo}`.toLowerCase());
  const comment = repository?.comments.get(Number(params.comment_id));
  const number = comment?.issueNumber ?? params.issue_number;
  if (number === undefined) return null;
  const issue = repository?.issues.get(Number(number));
  return issue === undefined ? null : isPull(issue);
}
