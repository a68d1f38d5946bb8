import { randomUUID } from 'node:crypto';

export interface PlainStream {
  write(text: string): void;
  /** From here on the runner obeys workflow commands again. Idempotent. */
  end(): void;
  /** The last line that begins so, without that beginning; null: there was none. */
  findLast(beginning: string): string | null;
}

/** Enough for the last lines of a program that failed. */
const keptCharacters = 16_384;

/**
 * `printPlainly` for text that comes bit by bit, from a program that runs for long. The word that ends it is drawn anew
 * each time, so that nothing in the text can be it.
 */
export function streamPlainly(output: { write(text: string): unknown }): PlainStream {
  const token = randomUUID();
  let tail = '\n';
  let open = true;
  output.write(`::stop-commands::${token}\n`);
  return {
    write(text) {
      if (!open || text === '') return;
      output.write(text);
      tail = (tail + text).slice(-keptCharacters);
    },
    end() {
      if (!open) return;
      open = false;
      output.write(`${tail.endsWith('\n') ? '' : '\n'}::${token}::\n`);
    },
    findLast(beginning) {
      const line = tail.split('\n').findLast((candidate) => candidate.startsWith(beginning));
      return line === undefined ? null : line.slice(beginning.length).trim();
    },
  };
}
