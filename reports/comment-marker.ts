import * as z from 'zod';

const markerSchema = z.strictObject({
  pullRequest: z.int().min(1),
  /** Commit that the comment speaks of. */
  headSha: z.string().regex(/^[0-9a-f]{40}$/),
  /** Of the workflow run that wrote it; more digits than a number holds exactly may come. */
  runId: z.string().regex(/^[1-9][0-9]{0,19}$/),
  attempt: z.int().min(1),
});

/** Who wrote a comment, and about what: a comment is only ever replaced by a later run. */
export type Marker = z.infer<typeof markerSchema>;

/** What the first line of every comment of ours begins with. */
export const markerPrefix = '<!-- tunegate:comment ';

const markerLine = /^<!-- tunegate:comment (\{[^\r\n]{1,400}\}) -->(?:\r?\n|$)/;

/** @throws ZodError for a marker that `parseMarker` would not read again */
export function renderMarker(marker: Marker): string {
  return `${markerPrefix}${JSON.stringify(markerSchema.parse(marker))} -->`;
}

/**
 * Reads the first line of a comment, which anybody may have written:
 *
 *     <!-- tunegate:comment {"pullRequest":1,"headSha":"0123...","runId":"123","attempt":1} -->
 *
 * null for anything else. Whoever wrote it has to be looked at besides: the line can be copied.
 */
export function parseMarker(body: string): Marker | null {
  const json = markerLine.exec(body)?.[1];
  if (json === undefined) return null;
  try {
    return markerSchema.parse(JSON.parse(json));
  } catch (thrown) {
    if (thrown instanceof SyntaxError || thrown instanceof z.ZodError) return null;
    throw thrown;
  }
}
