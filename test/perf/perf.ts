import { mkdir, writeFile } from 'node:fs/promises';
import Table from 'cli-table3';
import { messageOf } from '../../src/errors.ts';
import { listenForSignals } from '../../src/interruption.ts';
import { measureCommenting } from './measure-commenting.ts';
import { measureComputing } from './measure-computing.ts';
import { measureMeasuring } from './measure-measuring.ts';
import { measureReady } from './measure-ready.ts';
import { measureStarting } from './measure-starting.ts';
import type { PerfRow } from './perf-row.ts';

// `npm run perf [-- PART...]`: the figures of the product's own speed, side by side with what they are held against.
// A table on standard output, the same as out/perf.json; ends with 1 when a goal is missed.
const parts = {
  computing: measureComputing,
  commenting: measureCommenting,
  starting: measureStarting,
  ready: measureReady,
  measuring: measureMeasuring,
};

const interruption = listenForSignals();
process.exitCode = await main(process.argv.slice(2));

async function main(names: readonly string[]): Promise<number> {
  const unknown = names.find((name) => !Object.hasOwn(parts, name));
  if (unknown !== undefined) {
    process.stderr.write(`perf: found ${unknown}; accepted are ${Object.keys(parts).join(', ')}.\n`);
    return 2;
  }
  const rows: PerfRow[] = [];
  try {
    for (const [name, measure] of Object.entries(parts)) {
      if (names.length > 0 && !names.includes(name)) continue;
      process.stderr.write(`${name} ...\n`);
      rows.push(...(await measure(interruption.signal)));
    }
  } catch (thrown) {
    process.stderr.write(`perf: ${messageOf(thrown)}\n`);
    return interruption.signal.aborted ? 130 : 1;
  }
  await mkdir('out', { recursive: true });
  await writeFile('out/perf.json', `${JSON.stringify({ rows }, null, 2)}\n`);
  process.stdout.write(`${renderTable(rows)}\n`);
  return rows.every(({ value, goal }) => value <= goal) ? 0 : 1;
}

function renderTable(rows: readonly PerfRow[]): string {
  const table = new Table({ head: ['What', 'Found', 'Goal', '', 'n', 'Details'], style: { head: [], border: [] } });
  for (const { what, value, goal, unit, n, details } of rows) {
    const show = (figure: number) => `${Number(figure.toPrecision(3))}${unit === '' ? '' : ` ${unit}`}`;
    table.push([what, show(value), show(goal), value <= goal ? 'PASS' : 'MISS', n, details]);
  }
  return table.toString();
}
