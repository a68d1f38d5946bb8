import { Listr, ListrLogger, ProcessOutput } from 'listr2';
import type { Surroundings } from './surroundings.ts';

/** How a step that takes its time tells what it is doing. */
export interface Voice {
  /** A line worth keeping. */
  say(text: string): void;
  /** What is going on at this moment: shown on a terminal, left out elsewhere. */
  show(text: string): void;
}

export interface Progress {
  /** Shows the title until the work is done; fails as the work fails. */
  step<Result>(title: string, work: (voice: Voice) => Promise<Result>): Promise<Result>;
}

/** Live on a terminal, plain lines elsewhere; always on standard error, since standard output is for results. */
export function createProgress({ stderr, interactive }: Pick<Surroundings, 'stderr' | 'interactive'>): Progress {
  // The library asks for a terminal's type and uses what any writable stream has.
  const stream = stderr as NodeJS.WriteStream;
  const logger = () => new ListrLogger({ processOutput: new ProcessOutput(stream, stream) });
  return {
    async step<Result>(title: string, work: (voice: Voice) => Promise<Result>): Promise<Result> {
      const results: Result[] = [];
      const failures: unknown[] = [];
      const task = {
        title,
        task: async (_: unknown, handle: { output: string }) => {
          const write = (text: string) => {
            handle.output = text;
          };
          try {
            results.push(await work({ say: write, show: interactive ? write : () => {} }));
          } catch (thrown) {
            failures.push(thrown);
            // The sentence itself is said once, by whoever catches what is thrown here.
            throw new Error('see below');
          }
        },
        rendererOptions: { outputBar: 1, persistentOutput: false },
      };
      const common = { registerSignalListeners: false, fallbackRendererCondition: () => false };
      const list = interactive
        ? new Listr([task], {
            ...common,
            renderer: 'default',
            forceTTY: true,
            rendererOptions: { logger: logger(), showErrorMessage: false },
          })
        : new Listr([{ title, task: task.task }], {
            ...common,
            renderer: 'simple',
            rendererOptions: { logger: logger() },
          });
      try {
        await list.run();
      } catch (thrown) {
        throw failures.length === 0 ? thrown : failures[0];
      }
      return results[0] as Result;
    },
  };
}
