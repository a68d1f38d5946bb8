import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  parseAnswer
} from "./chunk-RNIQMBIK.js";
import {
  loginSchema
} from "./chunk-EB5MUFAI.js";
import {
  _enum,
  int,
  object,
  string
} from "./chunk-QDEKYFEH.js";

// src/github/pull-request.ts
var sha = string().regex(/^[0-9a-f]{40}$/);
var pullRequestSchema = object({
  number: int().min(1),
  state: _enum(["open", "closed"]),
  head: object({ sha }),
  base: object({ sha }),
  user: object({ login: loginSchema }).nullable()
});
async function readPullRequest(client, repository, number) {
  const { data } = await client.rest.pulls.get({ ...repository, pull_number: number });
  const { state, head, base, user } = parseAnswer(pullRequestSchema, data, `pull request ${number}`);
  return { number, isOpen: state === "open", headSha: head.sha, baseSha: base.sha, author: user?.login ?? null };
}

export {
  readPullRequest
};
