/** Why a mark is missed, by its id; written after looking into it. */
const explanations: Readonly<Record<string, string>> = {};

/** One sentence or more for the document. */
export function explainMark(id: string): string {
  return explanations[id] ?? 'Not yet looked into.';
}
