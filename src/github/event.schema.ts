import * as z from 'zod';

/** GitHub adds fields at will; objects here keep only what is named. */
const sha = z.string().regex(/^[0-9a-f]{40}$/);
const number = z.int().min(1);

/** Letters of a login, with those of managed users (`_`) and of apps (`[bot]`). */
export const loginSchema = z.string().regex(/^[A-Za-z0-9_-]{1,100}(\[bot\])?$/);

const user = z.object({ login: loginSchema });

export const pullRequestEventSchema = z.object({
  action: z.string().max(100),
  pull_request: z.object({ number, head: z.object({ sha }) }),
  /** Only of `labeled`. */
  label: z.object({ name: z.string().max(1000) }).optional(),
  /** Who pushed, opened or set the label. */
  sender: user,
});

export const commentEventSchema = z.object({
  action: z.string().max(100),
  issue: z.object({
    number,
    /** Only where the issue is a pull request. */
    pull_request: z.object({}).nullish(),
  }),
  comment: z.object({
    /** GitHub's own limit is 65,536 characters. */
    body: z.string().max(70_000),
    /** null: the account is gone. */
    user: user.nullable(),
  }),
});

export const pushEventSchema = z.object({ ref: z.string().max(1000), after: sha });

/** Of schedule and workflow_dispatch nothing is used: what they ask for comes as inputs of the action. */
export const emptyEventSchema = z.object({});
