import { parentPort, workerData } from 'node:worker_threads';
import * as z from 'zod';
import { effortSchema } from './effort.ts';
import { listParts } from './list-parts.ts';
import { tunegate } from './tunegate.ts';

const orderSchema = z.strictObject({ seed: z.int(), effort: effortSchema, only: z.string() });
const { seed, effort, only } = orderSchema.parse(workerData);
const parts = listParts(seed, effort, only);

parentPort?.on('message', (index: number) => {
  const part = parts[index];
  if (part !== undefined) parentPort?.postMessage({ index, outcome: part.run(tunegate) });
});
