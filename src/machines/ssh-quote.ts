import type { Command } from './machine.ts';

/** Bytes of one argument that Linux passes on (MAX_ARG_STRLEN); the whole line is one argument of the login shell. */
const longestLineBytes = 128 * 1024 - 1;

/**
 * A word that a POSIX shell reads as exactly this text. ssh joins its arguments to one line and lets the login shell of
 * the other machine take it apart again. Inside single quotes nothing has a meaning but the single quote itself.
 */
export function quoteWord(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** The line that makes a login shell turn into this program. Throws a `RangeError` on what no program can be given. */
export function buildLine({ program, args }: Command): string {
  const words = [program, ...args];
  const broken = words.find((word) => word.includes('\0'));
  if (broken !== undefined) {
    throw new RangeError(`the argument ${JSON.stringify(broken)} must be text without null bytes`);
  }
  const line = `exec ${words.map(quoteWord).join(' ')}`;
  const bytes = Buffer.byteLength(line);
  if (bytes > longestLineBytes) {
    throw new RangeError(`its arguments are ${bytes} bytes long, at most ${longestLineBytes} are accepted over ssh`);
  }
  return line;
}
