import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);
import {
  int,
  object,
  string
} from "./chunk-QDEKYFEH.js";

// src/github/event.schema.ts
var sha = string().regex(/^[0-9a-f]{40}$/);
var number = int().min(1);
var loginSchema = string().regex(/^[A-Za-z0-9_-]{1,100}(\[bot\])?$/);
var user = object({ login: loginSchema });
var pullRequestEventSchema = object({
  action: string().max(100),
  pull_request: object({ number, head: object({ sha }) }),
  /** Only of `labeled`. */
  label: object({ name: string().max(1e3) }).optional(),
  /** Who pushed, opened or set the label. */
  sender: user
});
var commentEventSchema = object({
  action: string().max(100),
  issue: object({
    number,
    /** Only where the issue is a pull request. */
    pull_request: object({}).nullish()
  }),
  comment: object({
    /** GitHub's own limit is 65,536 characters. */
    body: string().max(7e4),
    /** null: the account is gone. */
    user: user.nullable()
  })
});
var pushEventSchema = object({ ref: string().max(1e3), after: sha });
var emptyEventSchema = object({});

export {
  loginSchema,
  pullRequestEventSchema,
  commentEventSchema,
  pushEventSchema,
  emptyEventSchema
};
