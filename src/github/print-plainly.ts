import { randomUUID } from 'node:crypto';

/**
 * Prints text that came from elsewhere (a tool, a guest, a file of a pull request): the runner obeys no workflow command
 * in it. The word that ends this is drawn anew each time, so that the text cannot know it.
 */
export function printPlainly(text: string, output: { write(text: string): unknown } = process.stdout): void {
  const token = randomUUID();
  output.write(`::stop-commands::${token}\n${text.replace(/\n?$/, '\n')}::${token}::\n`);
}
