import { getOctokit } from '@actions/github';
import type { GitHubServer } from './server.ts';

export type Client = ReturnType<typeof getOctokit>;

/** A client that asks once: no retry, no throttling. */
export function connect(server: GitHubServer, token: string = server.token(4711)): Client {
  return getOctokit(token, { baseUrl: server.origin });
}
