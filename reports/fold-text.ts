import { stripControls } from './strip-controls.ts';

/** Columns where there is no terminal to ask. */
const usualWidth = 120;

/** Text broken between words so that no line is wider than the terminal; a word that is wider stays whole. */
export function foldText(text: string, columns: number | null): string {
  const width = Math.max(40, columns ?? usualWidth);
  const lines: string[] = [];
  // A no-break space does not part words.
  for (const word of stripControls(text).split(/ +/)) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.join('\n');
}

/** A list; the later lines of an item are indented under its first. */
export function foldList(lines: readonly string[], columns: number | null): string {
  const fold = (line: string) => foldText(line, (columns ?? usualWidth) - 4).replaceAll('\n', '\n    ');
  return lines.map((line) => `  - ${fold(line)}`).join('\n');
}
