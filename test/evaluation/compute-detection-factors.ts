/**
 * Computes the tables of src/statistics/detection-factors.ts:
 *
 *     nice -n 19 node test/evaluation/compute-detection-factors.ts [SEED] > out.json
 *
 * A detectable change is printed from data without a difference, and must be found in four of five new experiments.
 * Both experiments are drawn here many times. The shift that the second needs to be significant does not depend on the
 * first, so the quantile at 0.8 of (shift needed / uncorrected figure printed) is the factor that makes it so on
 * average. Half of the experiments are normal and half exponential, because the noise's shape is not known.
 * 2 to 3 minutes.
 */
import { computeBootstrapRankShift, findCriticalWins } from '../../src/statistics/detectable-rank-shift.ts';
import { computeKnownErrorShift } from '../../src/statistics/detectable-shift.ts';
import { computeShift } from '../../src/statistics/hodges-lehmann.ts';
import { computeQuantile } from '../../src/statistics/quantile.ts';
import { createRandom, type Random } from '../../src/statistics/random.ts';
import { selectDifference } from '../../src/statistics/select-difference.ts';
import { computeUpperQuantile } from '../../src/statistics/student-t.ts';
import { compareMeans } from '../../src/statistics/welch.ts';
import { drawExponential, drawNormal } from './simulation/draws.ts';

const sizes = [4, 5, 7, 10, 20, 40];
const levels = [1, 3, 10, 48, 200].map((cells) => 0.05 / cells);
const power = 0.8;

type Experiment = readonly [baseline: number[], candidate: number[]];

function drawExperiment(size: number, skewed: boolean, random: Random): Experiment {
  const draw = () => Array.from({ length: size }, () => (skewed ? drawExponential(random) : drawNormal(random)));
  return [draw(), draw()];
}

/** A function of the degrees of freedom, tabulated in small steps of its argument: it is asked often. */
function tabulate(compute: (degreesOfFreedom: number) => number, low: number, high: number) {
  const steps = 200;
  const at = (index: number) => compute(low + ((high - low) * index) / steps);
  const table = Array.from({ length: steps + 1 }, (_, index) => at(index));
  return (degreesOfFreedom: number) => {
    const place = Math.min(steps - 1e-9, Math.max(0, ((degreesOfFreedom - low) / (high - low)) * steps));
    const [below, above] = [table[Math.floor(place)] as number, table[Math.floor(place) + 1] as number];
    return below + (above - below) * (place - Math.floor(place));
  };
}

function computeWelchFactors(size: number, random: Random): number[] {
  const experiments = Array.from({ length: 60_000 }, (_, index) => {
    const test = compareMeans(...drawExperiment(size, index % 4 < 2, random));
    if (test.kind === 'constant') throw new Error('continuous values cannot be constant');
    return test;
  });
  return levels.map((level) => {
    const [low, high] = [size - 1, 2 * size - 2];
    const critical = tabulate((degrees) => computeUpperQuantile(level, degrees), low, high);
    const raw = tabulate(
      (degreesOfFreedom) => computeKnownErrorShift({ standardError: 1, degreesOfFreedom, level, power }),
      low,
      high,
    );
    const ratios = [];
    for (let index = 0; index < experiments.length; index += 2) {
      const [first, second] = [experiments[index], experiments[index + 1]];
      if (first === undefined || second === undefined) continue;
      const needed = critical(second.degreesOfFreedom) * second.standardError - second.difference;
      ratios.push(needed / (raw(first.degreesOfFreedom) * first.standardError));
    }
    return computeQuantile(ratios, power);
  });
}

function computeRankFactors(size: number, random: Random): (number | null)[] {
  const experiments = Array.from({ length: 2400 }, (_, index) => {
    const [baseline, candidate] = drawExperiment(size, index % 2 === 0, random);
    const { estimate } = computeShift(baseline, candidate);
    const pooled = [...baseline, ...candidate.map((value) => value - estimate)].sort((a, b) => a - b);
    const [left, right] = drawExperiment(size, index % 2 === 0, random).map((side) => Float64Array.from(side).sort());
    return { pooled, left: left as Float64Array, right: right as Float64Array };
  });
  return levels.map((level) => {
    const wins = findCriticalWins(size, size, level);
    if (wins === null) return null;
    const ratios = experiments.map(({ pooled, left, right }) => {
      // The number of wins reaches the critical one when the shift passes minus the difference of this order.
      const needed = -selectDifference(left, right, size * size - wins + 1);
      const question = { pooled, baselineSize: size, candidateSize: size, level, power, resamples: 200, random };
      return needed / (computeBootstrapRankShift(question) as number);
    });
    return computeQuantile(ratios, power);
  });
}

function main(seed = 1): void {
  const round = (factor: number | null) => (factor === null ? null : Math.round(factor * 1000) / 1000);
  const tables = { welch: [] as (number | null)[][], rank: [] as (number | null)[][] };
  for (const size of sizes) {
    tables.welch.push(computeWelchFactors(size, createRandom(`${seed}:welch:${size}`)).map(round));
    tables.rank.push(computeRankFactors(size, createRandom(`${seed}:rank:${size}`)).map(round));
    process.stderr.write(`${size} a side\n`);
  }
  process.stdout.write(`${JSON.stringify({ sizes, cells: levels.map((level) => 0.05 / level), seed, ...tables })}\n`);
}

main(process.argv[2] === undefined ? 1 : Number(process.argv[2]));
