const newline = 10;

/** The data in a line of the journal; undefined: not JSON (which no JSON text can mean), so the writer was stopped inside it. */
export function parseLine(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * How much of a journal to keep before anything is appended, by the rule by which it is read: a last line that is no
 * JSON is cut off, with or without a newline; one that lacks only its newline is kept.
 */
export function findWholeLines(bytes: Uint8Array): { readonly length: number; readonly lacksNewline: boolean } {
  const hasNewline = bytes.at(-1) === newline;
  const body = hasNewline ? bytes.subarray(0, -1) : bytes;
  const start = body.lastIndexOf(newline) + 1;
  const isWhole = parseLine(new TextDecoder().decode(body.subarray(start))) !== undefined;
  return { length: isWhole ? bytes.length : start, lacksNewline: isWhole && !hasNewline };
}
