import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { type ComparisonCell, comparisonSchema } from '../../src/comparison/comparison.schema.ts';
import type { Profile } from '../../src/profiles/profile.schema.ts';
import { computeMedian } from '../../src/statistics/quantile.ts';
import { runTunegate } from '../run-tunegate.ts';
import type { SoakRequest } from './soak-options.ts';
import { writePlan } from './write-plan.ts';

export const canaryKinds = ['aa', 'cpu-quota', 'offloads'] as const;

/** Fresh starts a side. */
const deployments = 8;

/** Size of the injected quota in detectable changes of its row, as measured by runs of a profile with itself before. */
const wantedSize = 1.75;

/** Runs of a profile with itself before a change is injected. */
const calibrations = 3;

/** A quota that is surely felt; what it costs tells how much CPU time the guest uses without one. */
const trialCpus = 0.2;

/**
 * What both sides have: a CPU of its own for the guest, which keeps the load generator off it. Without, the scheduler's
 * choice of a CPU moves the latency of single starts by more than any change that is injected here.
 */
const pinned: Profile['parameters'] = { 'guest.docker.cpuset': '1' };

const offloadsOff: Profile['parameters'] = Object.fromEntries(
  ['generic-receive', 'generic-segmentation', 'tcp-segmentation'].map((name) => [
    `guest.docker.offload.${name}`,
    false,
  ]),
);

interface Canary {
  readonly folder: string;
  readonly tests: readonly string[];
  readonly signal: AbortSignal;
  say(text: string): void;
  /** Seed of the next run. */
  nextSeed(): number;
}

/**
 * Runs of a profile with itself, which must not be flagged; or with a change of known size, which must be found in nine
 * of ten: that is the power at 1 to 2 detectable changes, less what the sizing misses.
 */
export async function canary({ kind, count, seed, say, signal }: SoakRequest) {
  const folder = await mkdtemp(join(tmpdir(), 'tunegate-canary-'));
  let runs = 0;
  const nextSeed = () => seed + runs++;
  const tests = kind === 'aa' ? ['tcp_rr', 'tcp_stream'] : kind === 'offloads' ? ['tcp_stream'] : ['tcp_rr'];
  const place: Canary = { folder, tests, signal, say, nextSeed };
  try {
    return kind === 'aa' ? await watchSilence(place, count) : await watchAlarm(place, kind, count);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function watchSilence(place: Canary, count: number) {
  const rows = [];
  for (let index = 1; index <= count; index += 1) {
    const cells = await compareWith(place, {});
    const flagged = cells.filter(({ verdict }) => verdict === 'regressed' || verdict === 'improved');
    rows.push({ cells: cells.map(describe), flagged: flagged.length > 0 });
    place.say(`${index} of ${count}: ${cells.map(tell).join('; ')}`);
  }
  const flagged = rows.filter((row) => row.flagged).length;
  return { kind: 'aa', count, failed: countFailed(flagged, count), flagged, rows };
}

async function watchAlarm(place: Canary, kind: string, count: number) {
  const detectable = await measureDetectable(place);
  const injected: Profile['parameters'] =
    kind === 'offloads' ? offloadsOff : { 'guest.docker.cpus': await sizeQuota(place, detectable) };
  const rows = [];
  for (let index = 1; index <= count; index += 1) {
    const [cell] = await compareWith(place, injected);
    if (cell === undefined) throw new Error('the comparison has no cell');
    rows.push({ ...describe(cell), found: cell.verdict === 'regressed', size: sizeOf(cell, detectable) });
    place.say(`${index} of ${count}: ${tell(cell)}`);
  }
  const found = rows.filter((row) => row.found).length;
  const failed = countFailed(count - found, count);
  const medianSize = computeMedian(rows.flatMap(({ size }) => (size === null ? [] : [size])));
  return { kind, count, failed, found, detectable, medianSize, injected, rows };
}

/** One in ten is allowed, and one alone always: a level of 5 % and a power below 1 are kept, not broken, by a single one. */
function countFailed(wrong: number, count: number): number {
  return wrong <= Math.max(1, count / 10) ? 0 : wrong;
}

/** Relative change of the row that is found with power 0.8, as runs of the profile with itself say. */
async function measureDetectable(place: Canary): Promise<number> {
  const found: number[] = [];
  for (let index = 0; index < calibrations; index += 1) {
    const [cell] = await compareWith(place, {});
    if (cell?.detectableChange !== null && cell?.detectableChange !== undefined) found.push(cell.detectableChange);
  }
  const detectable = computeMedian(found);
  place.say(`detectable change ${detectable} (of ${found.join(', ')})`);
  return detectable;
}

/** The smallest quota is that of the catalogue. A guest that needs u CPUs and gets q serves q / u of the transactions, so the latency is u / q of what it was. */
async function sizeQuota(place: Canary, detectable: number): Promise<number> {
  const [cell] = await compareWith(place, { 'guest.docker.cpus': trialCpus });
  const used = trialCpus * (cell?.ratio?.estimate ?? Number.NaN);
  const cpus = Math.max(0.01, Math.round((used / (1 + detectable) ** wantedSize) * 1000) / 1000);
  place.say(`the guest uses ${used.toFixed(3)} CPUs; quota ${cpus}`);
  return cpus;
}

/** Measures a pinned guest against itself with these parameters; returns the primary cells. */
async function compareWith(place: Canary, parameters: Profile['parameters']): Promise<readonly ComparisonCell[]> {
  const { folder, tests, signal } = place;
  const seed = place.nextSeed();
  const plan = await writePlan(folder, { guests: ['docker'], tests, deployments });
  const baseline = await writeProfile(folder, 'pinned', pinned);
  const candidate = await writeProfile(folder, 'canary', { ...pinned, ...parameters });
  const out = join(folder, `run-${seed}`);
  const sides = ['--baseline', baseline, '--candidate', candidate];
  await runTunegate(signal, 'measure', '--plan', plan, ...sides, '--seed', String(seed), '--out', out);
  const { cells } = comparisonSchema.parse(JSON.parse(await runTunegate(signal, 'compare', out, '--json')));
  return cells.filter(({ role }) => role === 'primary');
}

async function writeProfile(folder: string, name: string, parameters: Profile['parameters']): Promise<string> {
  const file = join(folder, `${name}.yaml`);
  await writeFile(file, stringify({ name, description: 'Of the canary.', extends: 'stock', parameters }));
  return file;
}

/** Of a measured change in detectable ones, on the scale of logarithms. */
function sizeOf({ ratio }: ComparisonCell, detectable: number): number | null {
  return ratio === null ? null : Math.abs(Math.log(ratio.estimate)) / Math.log1p(detectable);
}

function describe({ id, verdict, reason, ratio, pAdjusted, detectableChange }: ComparisonCell) {
  return { id, verdict, reason, ratio: ratio?.estimate ?? null, pAdjusted, detectableChange };
}

function tell({ id, verdict, reason, ratio, pAdjusted }: ComparisonCell): string {
  const why = verdict === 'inconclusive' ? `: ${reason}` : '';
  return `${id} ${verdict} (ratio ${ratio?.estimate.toFixed(3)}, adjusted p ${pAdjusted?.toPrecision(2)})${why}`;
}
