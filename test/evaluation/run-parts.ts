import { Worker } from 'node:worker_threads';
import type { Checkpoint } from './checkpoint.ts';
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

export interface RunOptions {
  readonly threads: number;
  readonly checkpoint: Checkpoint;
  readonly report: (line: string) => void;
}

/**
 * Runs all parts that are not finished on that many worker threads; outcomes in the order of the parts, whatever the
 * threads.
 *
 * @throws whatever a part throws
 */
export async function runParts(
  order: WorkOrder,
  { threads, checkpoint, report }: RunOptions,
): Promise<readonly Outcome[]> {
  const parts = listParts(order.seed, order.effort, order.only);
  const outcomes: (Outcome | undefined)[] = parts.map((_, index) => checkpoint.finished.get(index));
  const open = [...parts.keys()].filter((index) => outcomes[index] === undefined);
  let done = parts.length - open.length;
  if (done > 0) report(`${done} of ${parts.length} parts are finished`);
  const work = () =>
    new Promise<void>((resolve, reject) => {
      const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: order });
      let started = 0;
      const hand = () => {
        started = performance.now();
        const next = open.shift();
        if (next !== undefined) worker.postMessage(next);
        else worker.terminate().then(() => resolve(), reject);
      };
      worker.on('message', ({ index, outcome }: WorkDone) => {
        outcomes[index] = outcome;
        done += 1;
        const seconds = ((performance.now() - started) / 1000).toFixed(1);
        report(`[${done}/${parts.length}] ${parts[index]?.title ?? ''} (${seconds} s)`);
        checkpoint.add({ index, outcome }).then(hand, reject);
      });
      worker.on('error', reject);
      hand();
    });
  await Promise.all(Array.from({ length: threads }, work));
  return outcomes.filter((outcome) => outcome !== undefined);
}
