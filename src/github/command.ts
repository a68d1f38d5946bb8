import { planSchema } from '../plans/plan.schema.ts';
import { describeAccepted, describeFound } from '../schema-words.ts';

/** What a comment asks for. */
export type Command =
  | {
      readonly kind: 'run';
      /** Full commit id that the author of the comment has looked at. */
      readonly sha: string;
      /** Fresh starts a side, instead of what the plan says; null: as the plan says. */
      readonly deployments: number | null;
    }
  | { readonly kind: 'refused'; readonly sentence: string };

const accepted = '`/tunegate run SHA [--deployments N]` is accepted, with the full commit id of 40 hexadecimal digits';

/**
 * The command in the first line of a comment; null where it is none. The grammar is exact, so that nobody approves by
 * accident: no short commit ids, no other spelling, nothing after it. What follows in further lines is talk.
 *
 *     /tunegate run 0123456789abcdef0123456789abcdef01234567 --deployments 10
 */
export function parseCommand(body: string): Command | null {
  const line = body.split(/\r?\n/, 1)[0]?.trimEnd() ?? '';
  // ASCII blanks only: others are not seen, and what is not seen must not approve.
  const [name, verb, sha, ...options] = line.split(/[ \t]+/);
  if (name !== '/tunegate') return null;
  if (verb !== 'run')
    return refuse(verb === undefined ? 'the command has no verb' : `the verb is ${describeFound(verb)}`);
  if (sha === undefined) return refuse('the commit is missing');
  if (!/^[0-9a-fA-F]{40}$/.test(sha)) return refuse(`the commit is ${describeFound(sha)}`);
  const deployments = parseOptions(options);
  return typeof deployments === 'string' ? refuse(deployments) : { kind: 'run', sha: sha.toLowerCase(), deployments };
}

/** The number of deployments, null where none is asked for, or what is wrong. */
function parseOptions([flag, text, ...rest]: readonly string[]): number | null | string {
  if (flag === undefined) return null;
  if (flag !== '--deployments') return `${describeFound(flag)} follows the commit`;
  const schema = planSchema.shape.deployments;
  const outcome = schema.safeParse(/^\d{1,9}$/.test(text ?? '') ? Number(text) : text);
  if (!outcome.success) {
    return `--deployments is ${describeFound(text)}, it must be ${describeAccepted(planSchema, ['deployments'])}`;
  }
  return rest.length === 0 ? outcome.data : `${describeFound(rest[0])} follows the number of deployments`;
}

function refuse(finding: string): Command {
  return { kind: 'refused', sentence: `The command is not understood: ${finding}; ${accepted}.` };
}
