import { stripControls } from '../../reports/strip-controls.ts';

/** Of a sentence about something that went wrong; what is longer was made to be. */
const longest = 400;

/** A text of unknown origin as one line of a sensible length, for an output, a warning or a sentence. */
export function cleanText(text: string): string {
  const line = stripControls(text.slice(0, 10 * longest))
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}
