import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { computeMedian } from '../../src/statistics/quantile.ts';
import type { PerfRow } from './perf-row.ts';

const rounds = 15;

/** Those on which a pull request waits. */
const actions = ['plan', 'report'] as const;

/**
 * From the start of a bundled action to its first line, beside a module that does nothing but print one, in turn. The
 * smallest of all counts: what is above it is the machine's.
 */
export async function measureStarting(signal: AbortSignal): Promise<readonly PerfRow[]> {
  const rows: PerfRow[] = [];
  for (const action of actions) {
    const bundle = fileURLToPath(new URL(`../../actions/dist/${action}/main.js`, import.meta.url));
    const found: number[] = [];
    const bare: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      found.push(await timeFirstLine([bundle], signal));
      bare.push(await timeFirstLine(['--input-type=module', '--eval', "process.stdout.write('bare\\n')"], signal));
    }
    const show = (seconds: number) => `${(seconds * 1000).toFixed(0)} ms`;
    rows.push({
      what: `first line of action ${action}`,
      value: Math.min(...found),
      goal: 0.2,
      unit: 's',
      n: rounds,
      details: `median ${show(computeMedian(found))}; a module that only prints ${show(Math.min(...bare))}, median ${show(computeMedian(bare))}`,
    });
  }
  return rows;
}

/** Seconds. The action fails for want of a workflow around it, after its first line. */
async function timeFirstLine(args: readonly string[], signal: AbortSignal): Promise<number> {
  const begin = performance.now();
  const child = spawn(process.execPath, [...args], { env: {}, stdio: ['ignore', 'pipe', 'ignore'], signal });
  const ended = once(child, 'exit');
  const [text] = await Promise.race([once(child.stdout, 'data'), ended.then(() => [''])]);
  const seconds = (performance.now() - begin) / 1000;
  await ended;
  if (`${text}` === '' || `${text}`.startsWith('::error'))
    throw new Error(`node ${args.join(' ')} printed no line of its own`);
  return seconds;
}
