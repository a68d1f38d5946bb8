import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listRemaining } from '../../src/measurement/remaining-schedule.ts';
import { buildSchedule, type ScheduledDeployment } from '../../src/plans/schedule.ts';
import type { DeploymentEndLine, DeploymentLine, Run } from '../../src/results/journal.schema.ts';
import { plan } from './fake-run.ts';

const time = '2026-01-02T03:04:05.000Z';

/** `killed`: no end in the journal. */
type Fate = 'ok' | 'failed' | 'killed';

interface Journal extends Pick<Run, 'deployments' | 'deploymentEnds'> {
  readonly deployments: DeploymentLine[];
  readonly deploymentEnds: DeploymentEndLine[];
}

const empty = (): Journal => ({ deployments: [], deploymentEnds: [] });

function add(journal: Journal, { block, side, guest, attachment }: ScheduledDeployment, fate: Fate): void {
  const order = journal.deployments.length + 1;
  const id = `d${order}`;
  const line = { kind: 'deployment', time, id, order, block, side, host: 'local', guest, attachment } as const;
  journal.deployments.push({ ...line, accelerator: null, bootId: 'b', readySeconds: 1, facts: null, checks: [] });
  if (fate !== 'killed') journal.deploymentEnds.push({ kind: 'deployment-end', time, id, status: fate, reason: null });
}

function journalOf(schedule: readonly ScheduledDeployment[], fates: readonly Fate[]): Journal {
  const journal = empty();
  for (const [index, fate] of fates.entries()) {
    const scheduled = schedule[index];
    if (scheduled !== undefined) add(journal, scheduled, fate);
  }
  return journal;
}

const describePlace = ({ block, side, guest, attachment }: Omit<ScheduledDeployment, 'order' | 'tests' | 'boot'>) =>
  `${block} ${side} ${guest} ${attachment}`;

describe('what is left of a schedule', () => {
  const schedule = buildSchedule(plan, 1);
  const orders = (fates: readonly Fate[]) =>
    listRemaining(schedule, journalOf(schedule, fates)).map(({ order }) => order);

  it('is all of it at first and nothing in the end', () => {
    expect(listRemaining(schedule, empty())).toEqual(schedule);
    expect(orders(schedule.map(() => 'ok'))).toEqual([]);
  });

  it('begins with a deployment that was half done, or failed', () => {
    expect(orders(['ok', 'ok', 'killed'])).toEqual([3, 4, 5, 6, 7, 8]);
    expect(orders(['ok', 'failed', 'killed'])).toEqual([2, 3, 4, 5, 6, 7, 8]);
    // The last of a block has a twin of its side that is done: the second place of that side is left.
    expect(orders(['failed', 'ok', 'ok', 'ok', 'ok'])).toEqual([4, 6, 7, 8]);
    expect([schedule[0]?.side, schedule[3]?.side]).toEqual(Array(2).fill(schedule[0]?.side));
  });

  it('does not count a failed start whose second try succeeded', () => {
    const journal = empty();
    const [first, second] = schedule;
    if (first === undefined || second === undefined) throw new Error('expected two places');
    add(journal, first, 'failed');
    add(journal, first, 'ok');
    add(journal, second, 'ok');
    expect(listRemaining(schedule, journal).map(({ order }) => order)).toEqual([3, 4, 5, 6, 7, 8]);
  });
});

describe('what is left of any schedule, after any number of ends', () => {
  const fate = fc.constantFrom<Fate>('ok', 'ok', 'failed', 'killed');
  /** Of each session the fates of what it started; it ends with them. */
  const sessions = fc.array(fc.array(fate, { maxLength: 12 }), { maxLength: 5 });

  it('neither loses nor repeats a finished deployment, and keeps the order of the schedule', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 5 }), sessions, (seed, deployments, fatesBySession) => {
        const schedule = buildSchedule({ ...plan, deployments }, seed);
        const journal = empty();
        for (const fates of fatesBySession) {
          const before = listRemaining(schedule, journal);
          for (const [index, place] of before.slice(0, fates.length).entries()) {
            add(journal, place, fates[index] ?? 'killed');
          }
        }
        const left = listRemaining(schedule, journal);
        expect(left).toEqual(schedule.filter((place) => left.includes(place)));
        const succeeded = new Set(journal.deploymentEnds.filter(({ status }) => status === 'ok').map(({ id }) => id));
        const done = journal.deployments.filter(({ id }) => succeeded.has(id)).map(describePlace);
        expect([...done, ...left.map(describePlace)].sort()).toEqual(schedule.map(describePlace).sort());
      }),
    );
  });
});
