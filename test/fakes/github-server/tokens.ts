import { randomBytes } from 'node:crypto';
import { ApiError } from './answer.ts';
import type { OperationId } from './operations.ts';
import { workflowBot } from './shapes/users.ts';

export type Scope = 'actions' | 'checks' | 'contents' | 'issues' | 'pull-requests' | 'metadata';
export type Access = 'none' | 'read' | 'write';

/** As `permissions:` in a workflow; what is not named is `none`, as there. */
export type Scopes = Readonly<Partial<Record<Scope, Access>>>;

export interface Token {
  readonly text: string;
  /** Who writes with it. */
  readonly login: string;
  /** The workflow run it was made for; null: a person's. */
  readonly runId: number | null;
  readonly scopes: Scopes;
}

export const allScopes: Scopes = {
  actions: 'write',
  checks: 'write',
  contents: 'write',
  issues: 'write',
  'pull-requests': 'write',
};

export function createToken(options: { login?: string; runId?: number; scopes?: Scopes }): Token {
  const prefix = options.login === undefined ? 'ghs' : 'ghp';
  return {
    text: `${prefix}_${randomBytes(27).toString('base64url').replaceAll(/[-_]/g, 'x')}`,
    login: options.login ?? workflowBot,
    runId: options.runId ?? null,
    scopes: options.scopes ?? allScopes,
  };
}

/**
 * What the artifact service is asked with (`ACTIONS_RUNTIME_TOKEN`): a JWT nobody signed.
 * The client reads run and job from it, and the server knows by it whose artifacts are meant.
 */
export function createRuntimeToken(runId: number, job = 'job'): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part({ scp: `Actions.Results:${runId}:${job}` })}.x`;
}

/** The token of a request; 401 as GitHub words it. */
export function authenticate(tokens: ReadonlyMap<string, Token>, authorization: string | undefined): Token {
  if (authorization === undefined) throw new ApiError(401, 'Requires authentication');
  const token = tokens.get(authorization.replace(/^(bearer|token) /i, ''));
  if (token === undefined) throw new ApiError(401, 'Bad credentials');
  return token;
}

/** What operations need, by the beginning of their name; the first that fits. Any one of several will do. */
const needs: readonly (readonly [RegExp, readonly Scope[]])[] = [
  [/^(rate-limit\/get|repos\/get|repos\/get-collaborator-permission-level)$/, []],
  [/^pulls\//, ['pull-requests']],
  [/^repos\/list-pull-requests/, ['pull-requests']],
  [/^(repos|git)\//, ['contents']],
  [/^issues\/(create|list-for-repo)$/, ['issues']],
  [/^(issues|reactions)\//, ['issues', 'pull-requests']],
  [/^checks\//, ['checks']],
  [/^actions\//, ['actions']],
];

/** Answers 403 as GitHub does where the token may not do that. `isPull`: whether the issue that is meant is a pull request. */
export function authorize(token: Token, operation: OperationId, method: string, isPull: boolean | null): void {
  const found = needs.find(([pattern]) => pattern.test(operation))?.[1] ?? [];
  // The permission for pull requests covers issues that are pull requests, and no others.
  const scopes = isPull === false ? found.filter((scope) => scope !== 'pull-requests' || found.length === 1) : found;
  if (scopes.length === 0) return;
  const enough: readonly Access[] = method === 'GET' ? ['read', 'write'] : ['write'];
  if (scopes.some((scope) => enough.includes(token.scopes[scope] ?? 'none'))) return;
  const wanted = scopes.map((scope) => `${scope.replace('-', '_')}=${method === 'GET' ? 'read' : 'write'}`).join('; ');
  throw new ApiError(403, 'Resource not accessible by integration', {
    headers: { 'x-accepted-github-permissions': wanted },
  });
}
