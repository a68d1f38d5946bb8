/**
 * Computes src/statistics/change-point-thresholds.ts:
 *
 *     nice -n 19 node test/evaluation/compute-change-point-thresholds.ts [STREAMS] [SEED] > out.json
 *
 * Streams of independent values are ranked night after night; h_t is the statistic that a share 1 / ARL0 exceeds of the
 * streams that raised no alarm before t (Ross, Tasoulis and Adams 2011, Technometrics 53, section 3), and these are
 * then taken out. The statistics come from ranks, so the values may be of any continuous distribution. A million
 * streams take about 3 minutes and 150 MB; the shipped table is of 1,000,000 streams and seed 1.
 */
import { createRandom, type Random } from '../../src/statistics/random.ts';

const firstDecision = 12;
const window = 60;
/** After the window is full it slides; the mean over these nights is what is shipped for a full window. */
const lastNight = 100;
const runLengths = [500, 1000, 5000];
const kinds = ['mann-whitney', 'lepage'] as const;
const rules = kinds.flatMap((kind, column) => runLengths.map((runLength) => ({ kind, column, runLength })));

interface Streams {
  readonly count: number;
  /** Ranks of each stream's window, oldest first, in places of `window`. */
  readonly ranks: Uint8Array;
}

/** The rank of the newest value is as likely any; those at or above it move up, and down when the oldest leaves. */
function addNight({ count, ranks }: Streams, size: number, random: Random): void {
  for (let stream = 0; stream < count; stream += 1) {
    const row = ranks.subarray(stream * window, (stream + 1) * window);
    if (size > window) dropOldest(row);
    const length = Math.min(size, window);
    const rank = random.nextBelow(length) + 1;
    for (let index = 0; index < length - 1; index += 1) {
      if ((row[index] as number) >= rank) row[index] = (row[index] as number) + 1;
    }
    row[length - 1] = rank;
  }
}

function dropOldest(row: Uint8Array): void {
  const oldest = row[0] as number;
  for (let index = 1; index < row.length; index += 1) {
    const rank = row[index] as number;
    row[index - 1] = rank > oldest ? rank - 1 : rank;
  }
}

/** Both statistics of every stream, as `findChangePoint` has them for values without ties. */
function measure({ count, ranks }: Streams, length: number, [place, both]: readonly [Float32Array, Float32Array]) {
  const middle = (length + 1) / 2;
  const spreads = Float64Array.from({ length: length + 1 }, (_, rank) => (rank - middle) ** 2);
  const mean = spreads.subarray(1).reduce((sum, spread) => sum + spread, 0) / length;
  const rankVariance = (mean * length) / (length - 1);
  const spreadVariance = spreads.subarray(1).reduce((sum, spread) => sum + (spread - mean) ** 2, 0) / (length - 1);
  const weights = Float64Array.from({ length }, (_, before) => length / (before * (length - before)));
  for (let stream = 0; stream < count; stream += 1) {
    let [rankSum, spreadSum, most, mostBoth] = [0, 0, 0, 0];
    for (let before = 1; before <= length - 2; before += 1) {
      const rank = ranks[stream * window + before - 1] as number;
      rankSum += rank - middle;
      spreadSum += (spreads[rank] as number) - mean;
      if (before < 2) continue;
      const weight = weights[before] as number;
      const square = (rankSum * rankSum * weight) / rankVariance;
      most = Math.max(most, square);
      mostBoth = Math.max(mostBoth, square + (spreadSum * spreadSum * weight) / spreadVariance);
    }
    place[stream] = Math.sqrt(most);
    both[stream] = Math.sqrt(mostBoth);
  }
}

/** The statistic that 1 / run length of the survivors exceed; the others' `alive` is lowered. */
function takeOut(statistics: Float32Array, alive: Uint8Array, runLength: number): number {
  const survivors = statistics.filter((_, stream) => alive[stream] === 1).sort();
  const threshold = survivors[survivors.length - 1 - Math.floor(survivors.length / runLength)] as number;
  for (const [stream, statistic] of statistics.entries()) if (statistic > threshold) alive[stream] = 0;
  return threshold;
}

function main([count = 1_000_000, seed = 1]: readonly number[]): void {
  const random = createRandom(seed);
  const streams: Streams = { count, ranks: new Uint8Array(count * window) };
  const statistics = [new Float32Array(count), new Float32Array(count)] as const;
  const alive = rules.map(() => new Uint8Array(count).fill(1));
  const thresholds: number[][] = rules.map(() => []);
  for (let night = 1; night <= lastNight; night += 1) {
    addNight(streams, night, random);
    if (night < firstDecision) continue;
    measure(streams, Math.min(night, window), statistics);
    for (const [index, { column, runLength }] of rules.entries()) {
      const threshold = takeOut(statistics[column] as Float32Array, alive[index] as Uint8Array, runLength);
      thresholds[index]?.push(threshold);
    }
    process.stderr.write(`night ${night} of ${lastNight}\n`);
  }
  const rows = rules.map(({ kind, runLength }, index) => ({
    kind,
    runLength,
    thresholds: summarize(thresholds[index] ?? []),
  }));
  process.stdout.write(`${JSON.stringify({ firstDecision, window, streams: count, seed, rows })}\n`);
}

/** One number for each length of the window, to three decimals. */
function summarize(nightly: readonly number[]): number[] {
  const growing = nightly.slice(0, window - firstDecision);
  const full = nightly.slice(window - firstDecision);
  const mean = full.reduce((sum, threshold) => sum + threshold, 0) / full.length;
  return [...growing, mean].map((threshold) => Math.round(threshold * 1000) / 1000);
}

main(process.argv.slice(2).map(Number));
