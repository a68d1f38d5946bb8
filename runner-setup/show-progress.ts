import type { Writable } from 'node:stream';
import type { Say } from './install-packages.ts';

/** Tells the steps of set-up: live on a terminal, a line each elsewhere. */
export async function showProgress<Result>(
  stderr: Writable,
  interactive: boolean,
  work: (say: Say) => Promise<Result>,
): Promise<Result> {
  if (!interactive) return work((text) => stderr.write(`${capitalise(text)} ...\n`));
  const { Listr, ListrLogger, ProcessOutput } = await import('listr2');
  // The library asks for a terminal's type and uses what any writable stream has.
  const stream = stderr as NodeJS.WriteStream;
  const logger = new ListrLogger({ processOutput: new ProcessOutput(stream, stream) });
  const results: Result[] = [];
  const task = async (_: unknown, handle: { title: string }) => {
    results.push(
      await work((text) => {
        handle.title = `Setting up: ${text}`;
      }),
    );
    handle.title = 'Set up';
  };
  await new Listr([{ title: 'Setting up', task }], {
    renderer: 'default',
    forceTTY: true,
    registerSignalListeners: false,
    rendererOptions: { logger, showErrorMessage: false },
  }).run();
  return results[0] as Result;
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
