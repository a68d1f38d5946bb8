import { createHash } from 'node:crypto';
import type { JsonObject } from '../answer.ts';

/** The author of what a workflow writes with its own token. */
export const workflowBot = 'github-actions[bot]';

/** Number of a login: the same at every start; of the workflow bot GitHub's own. */
export function userId(login: string): number {
  return login === workflowBot ? 41_898_282 : createHash('sha1').update(login).digest().readUIntBE(0, 3) + 1;
}

export function describeUser(login: string): JsonObject {
  const isBot = login.endsWith('[bot]');
  const id = userId(login);
  const url = `https://api.github.com/users/${encodeURIComponent(login)}`;
  return {
    login,
    id,
    node_id: nodeId('User', id),
    avatar_url: `https://avatars.githubusercontent.com/u/${id}?v=4`,
    gravatar_id: '',
    url,
    html_url: `https://github.com/${isBot ? 'apps/' : ''}${encodeURIComponent(login.replace('[bot]', ''))}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: isBot ? 'Bot' : 'User',
    user_view_type: 'public',
    site_admin: false,
  };
}

export function nodeId(kind: string, id: number | string): string {
  return Buffer.from(`${kind}:${id}`).toString('base64url');
}
