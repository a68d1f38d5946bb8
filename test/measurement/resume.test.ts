import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { InterruptionError, MeasurementError } from '../../src/errors.ts';
import { createOrders, writeResumption } from '../../src/measurement/go-on.ts';
import { measureSchedule } from '../../src/measurement/measure.ts';
import { listRemaining } from '../../src/measurement/remaining-schedule.ts';
import { buildSchedule } from '../../src/plans/schedule.ts';
import type { Run } from '../../src/results/journal.schema.ts';
import { parseJournal } from '../../src/results/read-journal.ts';
import type { JournalWriter } from '../../src/results/write-journal.ts';
import { buildRun } from '../comparison/build-run.ts';
import { createFakeRun, type FakeOptions, plan, stayOn } from './fake-run.ts';

const schedule = buildSchedule(plan, 1);
const { header } = buildRun({ plan });
const time = header.time;
const begun = `${JSON.stringify(header)}\n`;
/** Warm-up and samples of both tests. */
const callsPerDeployment = 6;
const calls = schedule.length * callsPerDeployment;

describe('a run that goes on', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tunegate-resume-'));
    await mkdir(join(folder, 'logs'));
  });

  /** Goes on after a journal, the way the command does it; `text` is the journal afterwards. */
  const goOn = async (before: string, options: Omit<FakeOptions, 'folder'> = {}) => {
    let text = before;
    const journal: JournalWriter = {
      write: async ({ kind, ...rest }) => {
        text += `${JSON.stringify({ kind, time, ...rest })}\n`;
      },
      close: async () => {},
    };
    const recorded = parseJournal(before, 'run.jsonl');
    const { context, happened } = createFakeRun({ ...options, folder });
    if (before !== begun) await writeResumption(journal, recorded);
    const remaining = listRemaining(schedule, recorded);
    const status = await measureSchedule(
      { ...context, journal, nextOrder: createOrders(recorded) },
      remaining,
      stayOn(context),
    );
    return { text, status, happened, run: parseJournal(text, 'run.jsonl') };
  };

  /** Interrupted while the measuring tool runs for the n-th time. */
  const interruptAt = (call: number) => {
    const controller = new AbortController();
    const answer = (tool: string, number: number) => {
      if (number === call) controller.abort(new InterruptionError('SIGTERM'));
      return tool === 'netperf' ? 'tcp_rr' : 'ping';
    };
    return { answer, signal: controller.signal };
  };

  const listSucceeded = ({ deployments, deploymentEnds }: Run) => {
    const ids = deploymentEnds.filter(({ status }) => status === 'ok').map(({ id }) => id);
    return deployments.filter(({ id }) => ids.includes(id));
  };

  const expectComplete = (run: Run) => {
    expect(run.end).toMatchObject({ status: 'complete', reason: null });
    const place = ({ block, side, guest }: Pick<Run['deployments'][number], 'block' | 'side' | 'guest'>) =>
      `${block} ${side} ${guest}`;
    const succeeded = listSucceeded(run);
    expect(succeeded.map(place).sort()).toEqual(schedule.map(place).sort());
    for (const { id } of succeeded) {
      const samples = run.samples.filter(({ deployment }) => deployment === id);
      expect(samples.map(({ status }) => status)).toEqual(Array(callsPerDeployment).fill('ok'));
    }
    const numbers = (lines: readonly { order: number }[]) => lines.map(({ order }) => order);
    expect(numbers(run.deployments)).toEqual(run.deployments.map((_, index) => index + 1));
    expect(numbers(run.samples)).toEqual(run.samples.map((_, index) => index + 1));
    const ended = run.deploymentEnds.map(({ id }) => id);
    expect(ended).toEqual([...new Set(ended)]);
    expect(ended.toSorted()).toEqual(run.deployments.map(({ id }) => id).toSorted());
  };

  it('is complete, and has repeated nothing, wherever it was interrupted', async () => {
    for (let call = 1; call <= calls; call += 1) {
      const first = await goOn(begun, interruptAt(call));
      expect(first.status).toBe('interrupted');
      const done = listSucceeded(first.run);
      const second = await goOn(first.text);
      expect(second.text.startsWith(first.text)).toBe(true);
      expectComplete(second.run);
      expect(listSucceeded(second.run).slice(0, done.length)).toEqual(done);
      const launches = second.happened.filter((what) => what.startsWith('launch'));
      expect(launches, `call ${call}`).toHaveLength(schedule.length - done.length);
    }
  });

  it('is complete wherever it was killed', async () => {
    const whole = (await goOn(begun)).text;
    const lines = whole.trimEnd().split('\n');
    for (let count = 1; count < lines.length; count += 1) {
      const killed = lines
        .slice(0, count)
        .map((line) => `${line}\n`)
        .join('');
      const { run, text } = await goOn(killed);
      expect(text.startsWith(killed)).toBe(true);
      expectComplete(run);
      const failed = run.deploymentEnds.filter(({ status }) => status === 'failed');
      expect(failed.length).toBeLessThan(2);
      if (count > 1) expect(run.resumedAfter).toHaveLength(1);
      for (const { reason } of failed) expect(reason).toBe('the run ended before it did');
    }
  });

  it('is complete after many interruptions', async () => {
    let { text, status, run } = await goOn(begun, interruptAt(4));
    // An uneven step, so that each time it is hit elsewhere; some sessions finish no deployment.
    for (let call = 5; status === 'interrupted'; call = (call * 7) % 17) {
      ({ text, status, run } = await goOn(text, interruptAt(call === 0 ? 1 : call)));
      expect(run.resumedAfter.length).toBeLessThan(40);
    }
    expectComplete(run);
    expect(run.resumedAfter.length).toBeGreaterThan(3);
  });

  it('begins again with what failed, in the order of the schedule, and says why it goes on', async () => {
    const launch = ({ profile }: { profile: { name: string } }) => {
      if (profile.name === 'tuned') throw new MeasurementError('no');
    };
    const first = await goOn(begun, { launch });
    expect(first.status).toBe('partial');
    const { run, text, happened } = await goOn(first.text);
    expectComplete(run);
    expect(text).toContain(
      '"kind":"resume","time":"2026-01-02T03:04:05.000Z","reason":"the run ended partial: 4 deployments incomplete: no (and 3 more)"',
    );
    const candidates = schedule.filter(({ side }) => side === 'candidate');
    // 4 that succeeded and 4 that failed twice have numbers already.
    expect(happened.filter((what) => what.startsWith('launch'))).toEqual(
      candidates.map(({ guest }, index) => `launch d0${13 + index} ${guest} tuned`),
    );
  });

  it('only ends where everything was measured and the end was not written', async () => {
    const whole = (await goOn(begun)).text;
    const killed = whole.slice(0, whole.lastIndexOf('{"kind":"run-end"'));
    const { text, happened } = await goOn(killed);
    expect(happened).toEqual([]);
    const kinds = text
      .slice(killed.length)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).kind);
    expect(kinds).toEqual(['resume', 'run-end']);
    expect(text).toContain('"reason":"the run was killed before it ended"');
  });

  it('is still partial when something fails again', async () => {
    const fail = (side: string) => ({
      launch: ({ profile }: { profile: { name: string } }) => {
        if (profile.name === side) throw new MeasurementError('never');
      },
    });
    const first = await goOn(begun, fail('tuned'));
    const second = await goOn(first.text, fail('tuned'));
    expect(second.status).toBe('partial');
    expect(second.run.end).toMatchObject({ status: 'partial', reason: expect.stringContaining('never') });
    expectComplete((await goOn(second.text)).run);
  });
});
