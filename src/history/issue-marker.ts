import * as z from 'zod';
import type { Regression } from './regressions.ts';

/** Everything by which a later night recognises the issue of a cell; in the first line of its text, not shown. */
const markerSchema = z.strictObject({
  host: z.string(),
  comparison: z.string(),
  cell: z.string(),
  /** First night outside, RFC 3339. */
  first: z.iso.datetime(),
  state: z.enum(['suspected', 'regressed', 'recovering', 'recovered', 'accepted', 'unfollowed']),
});
export type IssueMarker = z.infer<typeof markerSchema>;

const form = /^<!-- tunegate:regression (\{.*\}) -->/;

/** The line, without its end. A name cannot end the comment that it stands in. */
export function buildIssueMarker({ host, comparison, cellId, first, state }: Regression): string {
  const marker: IssueMarker = { host, comparison, cell: cellId, first: first.time, state };
  return `<!-- tunegate:regression ${JSON.stringify(marker).replace(/[<>]/g, escapeBracket)} -->`;
}

/** null: the text begins with no marker of ours. */
export function readIssueMarker(body: string): IssueMarker | null {
  try {
    const outcome = markerSchema.safeParse(JSON.parse(form.exec(body)?.[1] ?? 'null'));
    return outcome.success ? outcome.data : null;
  } catch {
    return null;
  }
}

function escapeBracket(bracket: string): string {
  return bracket === '<' ? '\\u003c' : '\\u003e';
}
