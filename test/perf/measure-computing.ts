import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { compareRanks } from '../../src/statistics/mann-whitney-test.ts';
import { computeMedian } from '../../src/statistics/quantile.ts';
import { createRandom } from '../../src/statistics/random.ts';
import { attachments, guestKinds, testNames } from '../../src/vocabulary.ts';
import { buildRun, renderJournal } from '../comparison/build-run.ts';
import { startTunegate } from '../run-tunegate.ts';
import type { PerfRow } from './perf-row.ts';

/** Runs of each command; the median counts. */
const runs = 5;

/**
 * Comparing and reporting, as commands from their start to their end: starting Node is in the figures. What counts is
 * the CPU time of all their threads, since on a busy machine the wall time is that of the others.
 */
export async function measureComputing(signal: AbortSignal): Promise<readonly PerfRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'tunegate-perf-'));
  try {
    const ordinary = await writeSamples(folder, { cells: 48, blocks: 20, valuesPerBlock: 1, observation: 'block' });
    const large = await writeSamples(folder, {
      cells: 50,
      blocks: 10,
      valuesPerBlock: 1000,
      observation: 'deployment',
    });
    const blocks = await writeSamples(folder, { cells: 50, blocks: 10, valuesPerBlock: 1000, observation: 'block' });
    const run = await writeRun(folder);
    const compared = await repeat(signal, 'compare', '--samples', ordinary, '--json');
    const read = await repeat(signal, 'compare', '--samples', large, '--json');
    const aligned = await repeat(signal, 'compare', '--samples', blocks, '--json');
    const reported = await repeat(signal, 'report', run, '--out', join(folder, 'report'));
    return [
      describe('comparing 48 cells x 40 samples, 99,999 permutations', compared, 1),
      describe('comparing a million samples', read, 3),
      { ...describe('memory of that', read, 300), value: Math.max(...read.mebibytes), unit: 'MiB', details: 'largest' },
      describe('comparing a million samples in blocks', aligned, 5),
      describeRanks(signal),
      describe(`report of ${await countCells(run)} cells with pictures`, reported, 2),
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The exact distribution with ties, in this process. */
function describeRanks(signal: AbortSignal): PerfRow {
  const random = createRandom(1);
  const draw = () => Array.from({ length: 200 }, () => random.nextBelow(100));
  const seconds = Array.from({ length: runs }, () => {
    signal.throwIfAborted();
    const [baseline, candidate] = [draw(), draw()];
    const started = process.cpuUsage();
    compareRanks(baseline, candidate);
    const { user, system } = process.cpuUsage(started);
    return (user + system) / 1e6;
  });
  const details = `largest ${Math.max(...seconds).toFixed(3)} s`;
  const what = 'exact p of 200 against 200 values with ties';
  return { what, value: computeMedian(seconds), goal: 0.1, unit: 's', n: runs, details };
}

interface Runs {
  readonly cpuSeconds: readonly number[];
  readonly wallSeconds: readonly number[];
  readonly mebibytes: readonly number[];
}

function describe(what: string, { cpuSeconds, wallSeconds }: Runs, goal: number): PerfRow {
  const details = `wall ${Math.min(...wallSeconds).toFixed(2)} to ${Math.max(...wallSeconds).toFixed(2)} s`;
  return { what, value: computeMedian(cpuSeconds), goal, unit: 's', n: cpuSeconds.length, details };
}

async function repeat(signal: AbortSignal, ...args: readonly string[]): Promise<Runs> {
  const rounds = [];
  for (let run = 0; run < runs; run += 1) {
    signal.throwIfAborted();
    const [begin, used] = [performance.now(), await readChildSeconds()];
    const { pid, ended } = startTunegate(...args);
    const watched = watchMemory(pid, ended);
    const { code, stderr } = await ended;
    if (code !== 0) throw new Error(`tunegate ${args.join(' ')} ended with ${code}: ${stderr.trim()}`);
    const wall = (performance.now() - begin) / 1000;
    rounds.push({ wall, cpu: (await readChildSeconds()) - used, mebibytes: await watched });
  }
  return {
    cpuSeconds: rounds.map(({ cpu }) => cpu),
    wallSeconds: rounds.map(({ wall }) => wall),
    mebibytes: rounds.map(({ mebibytes }) => mebibytes),
  };
}

/** CPU time of all children that have ended, in ticks of 10 ms: fields 16 and 17 of `/proc/self/stat`. */
async function readChildSeconds(): Promise<number> {
  const stat = await readFile('/proc/self/stat', 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[13]) + Number(fields[14])) / 100;
}

/** Largest resident set that was seen, MiB. */
async function watchMemory(pid: number, ended: Promise<unknown>): Promise<number> {
  let largest = 0;
  for (;;) {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    largest = Math.max(largest, Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024);
    if ((await Promise.race([ended, sleep(20, null)])) !== null) return largest;
  }
}

interface Shape {
  readonly cells: number;
  readonly blocks: number;
  readonly valuesPerBlock: number;
  readonly observation: 'block' | 'deployment';
}

/** Half of the values on each side; blocks in five deployments, or each a deployment. */
async function writeSamples(folder: string, shape: Shape): Promise<string> {
  const random = createRandom(1);
  const draw = () => 1e-4 * (1 + random.nextBelow(100_000) / 1_000_000);
  const buildSide = (name: string) =>
    Array.from({ length: shape.blocks }, (_, index) => ({
      deployment: `${name}${shape.observation === 'block' ? index % 5 : index}`,
      block: index + 1,
      values: Array.from({ length: shape.valuesPerBlock }, draw),
    }));
  const cells = Array.from({ length: shape.cells }, (_, index) => ({
    ...{ id: `cell ${index + 1}`, metric: { name: 'latency', unit: 's', better: 'lower' } },
    ...{ observation: shape.observation, baseline: buildSide('b'), candidate: buildSide('c') },
  }));
  const file = join(folder, `${shape.cells}-${shape.observation}.json`);
  await writeFile(file, JSON.stringify({ schema: 'tunegate.samples/1', cells }));
  return file;
}

async function writeRun(folder: string): Promise<string> {
  const plan = { guests: guestKinds.slice(0, 2), attachments: attachments.slice(0, 2), tests: [...testNames] };
  const run = join(folder, 'run');
  await mkdir(run);
  await writeFile(join(run, 'run.jsonl'), renderJournal(buildRun({ plan })));
  return run;
}

async function countCells(run: string): Promise<number> {
  const { stdout } = await startTunegate('compare', run, '--json').ended;
  return stdout.match(/"role":/g)?.length ?? 0;
}
