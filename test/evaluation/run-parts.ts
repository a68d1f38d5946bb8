import { Worker } from 'node:worker_threads';
import type { Effort } from './effort.ts';
import { listParts } from './list-parts.ts';
import type { Outcome } from './parts/outcome.ts';

export interface WorkOrder {
  readonly seed: number;
  readonly effort: Effort;
  readonly only: string;
}

/** What a worker answers. */
export interface WorkDone {
  readonly index: number;
  readonly outcome: Outcome;
}

/**
 * Runs all parts on that many worker threads; outcomes in the order of the parts, whatever the threads.
 *
 * @throws whatever a part throws
 */
export async function runParts(
  order: WorkOrder,
  { threads, report }: { readonly threads: number; readonly report: (line: string) => void },
): Promise<readonly Outcome[]> {
  const parts = listParts(order.seed, order.effort, order.only);
  const outcomes = new Array<Outcome>(parts.length);
  let [next, done] = [0, 0];
  const work = () =>
    new Promise<void>((resolve, reject) => {
      const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: order });
      let started = 0;
      const hand = () => {
        started = performance.now();
        if (next < parts.length) worker.postMessage(next++);
        else worker.terminate().then(() => resolve(), reject);
      };
      worker.on('message', ({ index, outcome }: WorkDone) => {
        outcomes[index] = outcome;
        done += 1;
        const seconds = ((performance.now() - started) / 1000).toFixed(1);
        report(`[${done}/${parts.length}] ${parts[index]?.title ?? ''} (${seconds} s)`);
        hand();
      });
      worker.on('error', reject);
      hand();
    });
  await Promise.all(Array.from({ length: threads }, work));
  return outcomes;
}
