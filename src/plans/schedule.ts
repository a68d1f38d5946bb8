import { createRandom, type Random } from '../statistics/random.ts';
import type { Attachment, GuestKind, Side, TestName } from '../vocabulary.ts';
import { type Combination, listCombinations, type Matrix } from './matrix.ts';
import type { ResolvedPlan } from './plan.schema.ts';

export interface ScheduledDeployment {
  /** Position in the run, from 1. */
  readonly order: number;
  /** Deployments of one guest and attachment that follow each other, other guests between them in regime `boot`; from 1. */
  readonly block: number;
  /** Boot of the host that it runs on, from 1; null where the sides alternate without booting it. */
  readonly boot: number | null;
  readonly side: Side;
  readonly guest: GuestKind;
  readonly attachment: Attachment;
  /** In the order in which they run. */
  readonly tests: readonly TestName[];
}

export type SampleCounts = Pick<ResolvedPlan, 'samples' | 'ping'>;

export interface ScheduledSample {
  readonly test: TestName;
  readonly phase: 'warmup' | 'measure';
}

/** Half of a block, as letters: A baseline, B candidate. A full block adds the mirror image: ABBA or BAAB. */
const pairs: readonly (readonly [Side, Side])[] = [
  ['baseline', 'candidate'],
  ['candidate', 'baseline'],
];

/**
 * The fresh starts of a run in their order, drawn from the seed.
 *
 * Every round has one block for each combination of guest and attachment, in a random order. A block is four
 * deployments, ABBA or BAAB, so that a steady drift of the machine weighs on both sides alike; where an odd number of
 * deployments a side leaves two over, the last block is a pair. The order of the tests is drawn for each block and
 * shared by its deployments, so that what one test leaves to the next is the same on both sides.
 *
 * In regime `boot` it is boots of the host that come as ABBA or BAAB: a block is four boots, and each of them serves one
 * deployment of every combination, in an order that is drawn for the block as well. Two deployments of one combination
 * never share a boot, since what a boot leaves different they would share too.
 *
 * From the first deployment to any later one the sides' counts differ by at most one in every combination, and in the
 * whole by at most one (in regime `boot`: by what one boot serves).
 */
export function buildSchedule(
  plan: Matrix & Pick<ResolvedPlan, 'deployments' | 'regime'>,
  seed: number,
): readonly ScheduledDeployment[] {
  const random = createRandom(seed);
  const combinations = listCombinations(plan);
  const rounds = splitIntoRounds(plan.deployments);
  const blocks =
    plan.regime === 'boot'
      ? numberBoots(rounds.map((perSide) => buildBootBlock(combinations, perSide, random)))
      : rounds.flatMap((perSide) =>
          random.shuffle(combinations).map((combination) => buildBlock(combination, perSide, random)),
        );
  return blocks
    .flatMap((deployments, index) => deployments.map((deployment) => ({ ...deployment, block: index + 1 })))
    .map((deployment, index) => ({ ...deployment, order: index + 1 }));
}

/** What happens inside a deployment: each test warms up once, then gives its samples. */
export function listSamples(tests: readonly TestName[], plan: SampleCounts): readonly ScheduledSample[] {
  return tests.flatMap((test) => [
    { test, phase: 'warmup' as const },
    ...Array.from({ length: countSamples(plan, test) }, () => ({ test, phase: 'measure' as const })),
  ]);
}

/** Samples of a test in one deployment, the warm-up not counted. */
export function countSamples({ samples, ping }: SampleCounts, test: string): number {
  return test === 'ping' ? (ping.samples ?? samples) : samples;
}

/** Deployments a side in each round: two, and one in the last when their number is odd. */
function splitIntoRounds(deployments: number): readonly number[] {
  const full = Array.from({ length: Math.floor(deployments / 2) }, () => 2);
  return deployments % 2 === 0 ? full : [...full, 1];
}

type Placed = Omit<ScheduledDeployment, 'order' | 'block'>;

function buildBlock({ guest, attachment, tests }: Combination, perSide: number, random: Random): readonly Placed[] {
  const sides = drawSides(perSide, random);
  const shuffledTests = random.shuffle(tests);
  return sides.map((side) => ({ boot: null, side, guest, attachment, tests: shuffledTests }));
}

/** What each boot of a block serves, boot by boot. */
function buildBootBlock(combinations: readonly Combination[], perSide: number, random: Random) {
  const sides = drawSides(perSide, random);
  const served = random.shuffle(combinations).map((combination) => ({
    ...combination,
    tests: random.shuffle(combination.tests),
  }));
  return sides.map((side) => served.map((combination) => ({ ...combination, side })));
}

function numberBoots(blocks: readonly ReturnType<typeof buildBootBlock>[]): readonly (readonly Placed[])[] {
  let boot = 0;
  return blocks.map((boots) =>
    boots.flatMap((served) => {
      boot += 1;
      return served.map((deployment) => ({ ...deployment, boot }));
    }),
  );
}

function drawSides(perSide: number, random: Random): readonly Side[] {
  const pair = random.shuffle(pairs)[0] ?? [];
  return perSide === 2 ? [...pair, ...pair.toReversed()] : [...pair];
}
