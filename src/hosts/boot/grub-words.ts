/** A word of a line of GRUB's configuration. */
export interface GrubWord {
  /** As it stands there, quotes and all. */
  readonly raw: string;
  /** What it means; variables stay as they are written. */
  readonly value: string;
}

/**
 * Words of a line such as `menuentry 'Debian GNU/Linux' --id "x" {`: parted by blanks, `'...'` taken as it is, `"..."`
 * with `\"`, `\$` and `\\` in it, elsewhere a backslash before any character.
 */
export function splitGrubLine(line: string): readonly GrubWord[] {
  const words = [...line.matchAll(/(?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|[^\s'"\\])+/gs)];
  return words.map(([raw]) => ({ raw, value: raw.replace(/'([^']*)'|"((?:\\.|[^"\\])*)"|\\(.)/gs, unquote) }));
}

function unquote(_: string, single?: string, double?: string, escaped?: string): string {
  return single ?? double?.replace(/\\(["$\\])/g, '$1') ?? escaped ?? '';
}

/** The name of a boot parameter: what stands before `=`. The kernel takes `-` and `_` in it for the same. */
export function keyOf(word: string): string {
  return (word.split('=', 1)[0] ?? '').replaceAll('-', '_');
}
