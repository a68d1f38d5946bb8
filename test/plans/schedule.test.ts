import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ResolvedPlan } from '../../src/plans/plan.schema.ts';
import { buildSchedule, listSamples, type ScheduledDeployment } from '../../src/plans/schedule.ts';
import { attachments, guestKinds, testNames } from '../../src/vocabulary.ts';
import { createPlan } from './create-plan.ts';

const letters = (schedule: readonly ScheduledDeployment[]) =>
  schedule.map(({ side }) => (side === 'baseline' ? 'A' : 'B')).join('');

const combinationOf = ({ guest, attachment }: ScheduledDeployment) => `${guest}/${attachment}`;

/** Baselines less candidates. */
const imbalance = (schedule: readonly ScheduledDeployment[]) =>
  schedule.reduce((sum, { side }) => sum + (side === 'baseline' ? 1 : -1), 0);

const anyPlan: fc.Arbitrary<ResolvedPlan> = fc
  .record({
    guests: fc.subarray([...guestKinds], { minLength: 1 }),
    attachments: fc.subarray([...attachments], { minLength: 1 }),
    tests: fc.subarray([...testNames], { minLength: 1 }),
    deployments: fc.integer({ min: 1, max: 12 }),
    samples: fc.integer({ min: 1, max: 6 }),
    unsupported: fc.array(
      fc.record({
        guest: fc.constantFrom(...guestKinds),
        attachment: fc.constantFrom(...attachments),
        test: fc.constantFrom(...testNames, null),
        reason: fc.constant('not here'),
      }),
      { maxLength: 6 },
    ),
  })
  .map((overrides) => createPlan(overrides));

const anySeed = fc.nat();

type Property = (schedule: readonly ScheduledDeployment[], plan: ResolvedPlan) => void;

function check(property: Property): void {
  fc.assert(fc.property(anyPlan, anySeed, (plan, seed) => property(buildSchedule(plan, seed), plan)));
}

function checkBoots(property: Property): void {
  fc.assert(
    fc.property(anyPlan, anySeed, (drawn, seed) => {
      const plan = { ...drawn, regime: 'boot' as const };
      property(buildSchedule(plan, seed), plan);
    }),
  );
}

const listBoots = (schedule: readonly ScheduledDeployment[]) => [...Map.groupBy(schedule, ({ boot }) => boot).values()];

function expectEverything(schedule: readonly ScheduledDeployment[], plan: ResolvedPlan): void {
  const planned = plan.guests
    .flatMap((guest) => plan.attachments.map((attachment) => ({ guest, attachment })))
    .flatMap(({ guest, attachment }) => {
      const runs = plan.tests.filter(
        (test) =>
          !plan.unsupported.some(
            (entry) =>
              entry.guest === guest && entry.attachment === attachment && (entry.test === null || entry.test === test),
          ),
      );
      if (runs.length === 0) return [];
      return ['baseline', 'candidate'].flatMap((side) =>
        Array.from({ length: plan.deployments }, () => `${side} ${guest}/${attachment} ${runs.toSorted().join(' ')}`),
      );
    });
  const found = schedule.map(
    (deployment) => `${deployment.side} ${combinationOf(deployment)} ${deployment.tests.toSorted().join(' ')}`,
  );
  expect(found.toSorted()).toEqual(planned.toSorted());
}

describe('buildSchedule', () => {
  it('gives this order for seed 1, on every machine', () => {
    const schedule = buildSchedule(createPlan({ deployments: 3 }), 1);
    const lines = schedule.map(({ order, block, side, guest, attachment, tests }) =>
      [order, block, side, guest, attachment, ...tests].join(' '),
    );
    expect(lines).toMatchInlineSnapshot(`
      [
        "1 1 candidate bare bridge udp_stream ping tcp_rr",
        "2 1 baseline bare bridge udp_stream ping tcp_rr",
        "3 1 baseline bare bridge udp_stream ping tcp_rr",
        "4 1 candidate bare bridge udp_stream ping tcp_rr",
        "5 2 candidate docker bridge tcp_rr udp_stream ping",
        "6 2 baseline docker bridge tcp_rr udp_stream ping",
        "7 2 baseline docker bridge tcp_rr udp_stream ping",
        "8 2 candidate docker bridge tcp_rr udp_stream ping",
        "9 3 candidate docker bridge tcp_rr udp_stream ping",
        "10 3 baseline docker bridge tcp_rr udp_stream ping",
        "11 4 baseline bare bridge ping tcp_rr udp_stream",
        "12 4 candidate bare bridge ping tcp_rr udp_stream",
      ]
    `);
  });

  it('has every deployment and every sample exactly once, and nothing that is unsupported', () => {
    check(expectEverything);
    checkBoots(expectEverything);
  });

  it('counts order and blocks from 1 without a gap', () => {
    check((schedule) => {
      expect(schedule.map(({ order }) => order)).toEqual(schedule.map((_, index) => index + 1));
      const blocks = [...new Set(schedule.map(({ block }) => block))];
      expect(blocks).toEqual(blocks.map((_, index) => index + 1));
    });
  });

  it('has blocks of one combination and one order of tests: ABBA or BAAB, a pair for what is left over', () => {
    check((schedule, plan) => {
      for (const block of new Set(schedule.map((deployment) => deployment.block))) {
        const deployments = schedule.filter((deployment) => deployment.block === block);
        expect(new Set(deployments.map(combinationOf)).size).toBe(1);
        expect(new Set(deployments.map(({ tests }) => tests.join(' '))).size).toBe(1);
        const allowed = deployments.length === 2 && plan.deployments % 2 === 1 ? /^(AB|BA)$/ : /^(ABBA|BAAB)$/;
        expect(letters(deployments)).toMatch(allowed);
      }
    });
  });

  it('visits every combination once before it visits one again', () => {
    check((schedule) => {
      const blocks = [...new Map(schedule.map((deployment) => [deployment.block, combinationOf(deployment)])).values()];
      const round = new Set(blocks).size;
      for (let start = 0; start < blocks.length; start += round) {
        expect(new Set(blocks.slice(start, start + round)).size).toBe(round);
      }
    });
  });

  it('keeps the sides within one of each other: from the start to any point, in each half, in each combination', () => {
    check((schedule) => {
      const parts = [schedule, ...Map.groupBy(schedule, combinationOf).values()];
      for (const part of parts) {
        for (const end of part.keys()) expect(Math.abs(imbalance(part.slice(0, end + 1)))).toBeLessThanOrEqual(1);
        expect(Math.abs(imbalance(part.slice(Math.floor(part.length / 2))))).toBeLessThanOrEqual(1);
        expect(Math.abs(imbalance(part.slice(Math.ceil(part.length / 2))))).toBeLessThanOrEqual(1);
        expect(imbalance(part)).toBe(0);
      }
      const half = Math.floor(schedule.length / 2);
      for (const side of [schedule.slice(0, half), schedule.slice(half)]) {
        for (const part of Map.groupBy(side, combinationOf).values()) {
          expect(Math.abs(imbalance(part))).toBeLessThanOrEqual(1);
        }
      }
    });
  });

  it('is the same for the same seed', () => {
    fc.assert(
      fc.property(anyPlan, anySeed, (plan, seed) => {
        expect(buildSchedule(plan, seed)).toEqual(buildSchedule(structuredClone(plan), seed));
      }),
    );
  });

  it('differs between seeds: first side, first guest and first test are drawn', () => {
    const schedules = Array.from({ length: 40 }, (_, seed) => buildSchedule(createPlan(), seed));
    expect(new Set(schedules.map((schedule) => JSON.stringify(schedule))).size).toBeGreaterThan(35);
    expect(new Set(schedules.map(([first]) => first?.side)).size).toBe(2);
    expect(new Set(schedules.map(([first]) => first?.guest)).size).toBe(2);
    expect(new Set(schedules.map(([first]) => first?.tests[0])).size).toBe(3);
  });

  it('draws anew for every block', () => {
    const schedule = buildSchedule(createPlan({ deployments: 40, tests: [...testNames] }), 3);
    const blocks = [...Map.groupBy(schedule, ({ block }) => block).values()];
    expect(new Set(blocks.map((block) => block[0]?.tests.join(' '))).size).toBeGreaterThan(30);
    expect(new Set(blocks.map(letters))).toEqual(new Set(['ABBA', 'BAAB']));
  });
});

describe('buildSchedule in regime boot', () => {
  it('gives this order for seed 1, on every machine', () => {
    const schedule = buildSchedule(createPlan({ deployments: 3, regime: 'boot' }), 1);
    const lines = schedule.map(({ order, block, boot, side, guest, attachment, tests }) =>
      [order, block, `boot ${boot}`, side, guest, attachment, ...tests].join(' '),
    );
    expect(lines).toMatchInlineSnapshot(`
      [
        "1 1 boot 1 candidate bare bridge udp_stream ping tcp_rr",
        "2 1 boot 1 candidate docker bridge ping udp_stream tcp_rr",
        "3 1 boot 2 baseline bare bridge udp_stream ping tcp_rr",
        "4 1 boot 2 baseline docker bridge ping udp_stream tcp_rr",
        "5 1 boot 3 baseline bare bridge udp_stream ping tcp_rr",
        "6 1 boot 3 baseline docker bridge ping udp_stream tcp_rr",
        "7 1 boot 4 candidate bare bridge udp_stream ping tcp_rr",
        "8 1 boot 4 candidate docker bridge ping udp_stream tcp_rr",
        "9 2 boot 5 baseline docker bridge tcp_rr udp_stream ping",
        "10 2 boot 5 baseline bare bridge tcp_rr ping udp_stream",
        "11 2 boot 6 candidate docker bridge tcp_rr udp_stream ping",
        "12 2 boot 6 candidate bare bridge tcp_rr ping udp_stream",
      ]
    `);
  });

  it('counts boots from 1 without a gap, each of one side and with every combination once', () => {
    checkBoots((schedule, plan) => {
      const boots = listBoots(schedule);
      expect(boots.map(([first]) => first?.boot)).toEqual(boots.map((_, index) => index + 1));
      // What belongs to one boot is not torn apart.
      expect(boots.flat()).toEqual(schedule);
      const combinations = new Set(schedule.map(combinationOf));
      for (const served of boots) {
        expect(new Set(served.map(({ side }) => side)).size).toBe(1);
        expect(served).toHaveLength(combinations.size);
        expect(new Set(served.map(combinationOf))).toEqual(combinations);
      }
      if (combinations.size > 0) expect(boots).toHaveLength(2 * plan.deployments);
    });
  });

  it('boots in blocks ABBA or BAAB, a pair for what is left over, with one order of guests and tests in a block', () => {
    checkBoots((schedule, plan) => {
      for (const block of Map.groupBy(schedule, (deployment) => deployment.block).values()) {
        const boots = listBoots(block);
        const allowed = boots.length === 2 && plan.deployments % 2 === 1 ? /^(AB|BA)$/ : /^(ABBA|BAAB)$/;
        expect(letters(boots.flatMap(([first]) => first ?? []))).toMatch(allowed);
        const inside = boots.map((served) =>
          served.map((deployment) => [combinationOf(deployment), ...deployment.tests].join(' ')),
        );
        expect(new Set(inside.map((served) => served.join('; '))).size).toBe(1);
      }
    });
  });

  it('keeps the boots of the sides within one of each other from the start to any point, and each combination too', () => {
    checkBoots((schedule) => {
      const firsts = listBoots(schedule).flatMap(([first]) => first ?? []);
      for (const part of [firsts, ...Map.groupBy(schedule, combinationOf).values()]) {
        for (const end of part.keys()) expect(Math.abs(imbalance(part.slice(0, end + 1)))).toBeLessThanOrEqual(1);
        expect(imbalance(part)).toBe(0);
      }
    });
  });

  it('is the same for the same seed, and differs between seeds', () => {
    const order = (seed: number) => JSON.stringify(buildSchedule(createPlan({ regime: 'boot' }), seed));
    fc.assert(
      fc.property(anySeed, (seed) => {
        expect(order(seed)).toBe(order(seed));
      }),
    );
    const schedules = Array.from({ length: 40 }, (_, seed) => buildSchedule(createPlan({ regime: 'boot' }), seed));
    expect(new Set(schedules.map((schedule) => JSON.stringify(schedule))).size).toBeGreaterThan(25);
    expect(new Set(schedules.map(([first]) => first?.side)).size).toBe(2);
    expect(new Set(schedules.map(([first]) => first?.guest)).size).toBe(2);
  });

  it('numbers no boot where the sides alternate without one', () => {
    check((schedule) => {
      expect(schedule.filter(({ boot }) => boot !== null)).toEqual([]);
    });
  });
});

describe('listSamples', () => {
  it('warms each test up once, in the order of the deployment', () => {
    expect(listSamples(['ping', 'tcp_rr'], createPlan({ samples: 2 }))).toEqual([
      { test: 'ping', phase: 'warmup' },
      { test: 'ping', phase: 'measure' },
      { test: 'ping', phase: 'measure' },
      { test: 'tcp_rr', phase: 'warmup' },
      { test: 'tcp_rr', phase: 'measure' },
      { test: 'tcp_rr', phase: 'measure' },
    ]);
  });

  it('takes fewer samples of ping where the plan says so', () => {
    const plan = createPlan({ samples: 2, ping: { count: 100, intervalSeconds: 1, samples: 1 } });
    const tests = listSamples(['ping', 'udp_rr'], plan).map(({ test }) => test);
    expect(tests).toEqual(['ping', 'ping', 'udp_rr', 'udp_rr', 'udp_rr']);
  });
});
