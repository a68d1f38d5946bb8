import { mkdir, mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { InterruptionError, MeasurementError } from '../../src/errors.ts';
import { HostSession } from '../../src/measurement/host-session.ts';
import { measureSchedule } from '../../src/measurement/measure.ts';
import { buildSchedule } from '../../src/plans/schedule.ts';
import type { JournalEntry } from '../../src/results/write-journal.ts';
import { createFakeHost, type FakeHostOptions } from './fake-host.ts';
import { createFakeRun, type FakeOptions, plan, stayOn } from './fake-run.ts';

const schedule = buildSchedule(plan, 1);

function only<Kind extends JournalEntry['kind']>(journal: readonly JournalEntry[], kind: Kind) {
  return journal.filter((entry): entry is Extract<JournalEntry, { kind: Kind }> => entry.kind === kind);
}

describe('running a schedule', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tunegate-measure-'));
    await mkdir(join(folder, 'logs'));
  });

  const run = async (options: Omit<FakeOptions, 'folder'> = {}) => {
    const fake = createFakeRun({ ...options, folder });
    return { ...fake, status: await measureSchedule(fake.context, schedule, stayOn(fake.context)) };
  };

  it('starts, measures and removes one guest after the other, in the order of the schedule', async () => {
    const { happened, journal, status } = await run();
    expect(status).toBe('complete');
    const starts = schedule.map(({ guest, side }, index) => {
      const profile = side === 'baseline' ? 'stock' : 'tuned';
      return `launch d00${index + 1} ${guest} ${profile}`;
    });
    expect(happened.filter((word) => word.startsWith('launch'))).toEqual(starts);
    const tools = schedule[0]?.tests.flatMap((test) => Array(3).fill(test === 'ping' ? 'ping' : 'netperf'));
    expect(happened.slice(0, 8)).toEqual([starts[0], ...(tools ?? []), 'stop d001']);
    expect(only(journal, 'run-end')).toEqual([{ kind: 'run-end', status: 'complete', reason: null }]);
  });

  it('warms every test up once in every deployment, and numbers what it writes', async () => {
    const { journal } = await run();
    const samples = only(journal, 'sample');
    expect(samples.map(({ order }) => order)).toEqual(samples.map((_, index) => index + 1));
    for (const { id } of only(journal, 'deployment')) {
      const phases = samples.filter(({ deployment }) => deployment === id).map(({ test, phase }) => `${test} ${phase}`);
      expect(phases.filter((phase) => phase === 'tcp_rr warmup')).toHaveLength(1);
      expect(phases.filter((phase) => phase === 'tcp_rr measure')).toHaveLength(2);
      expect(phases.indexOf('ping warmup')).toBeLessThan(phases.indexOf('ping measure'));
    }
    expect(samples[0]?.diagnostics).toMatchObject({ 'load.1m': 0.25 });
  });

  it('fails the sample in which a machine was lost, ends its deployment, and goes on with the next', async () => {
    const { journal, happened, status } = await run({ isCut: (call) => call === 2 });
    expect(status).toBe('partial');
    const [first, lost, next] = only(journal, 'sample');
    expect([first, next]).toMatchObject([{ status: 'ok' }, { deployment: 'd002', status: 'ok' }]);
    const reason = expect.stringMatching(/cut off, the connection to the machine is lost: Timeout, server not/);
    expect(lost).toMatchObject({ deployment: 'd001', status: 'failed', reason, metrics: {} });
    const tool = schedule[0]?.tests[0] === 'ping' ? 'ping' : 'netperf';
    expect(happened.slice(1, 4)).toEqual([tool, tool, 'stop d001']);
    const ends = only(journal, 'deployment-end').map((entry) => entry.status);
    expect(ends).toEqual(['failed', ...Array(schedule.length - 1).fill('ok')]);
  });

  it('ends where the lost host was booted meanwhile: nothing that was prepared is left there', async () => {
    const bootId = (happened: readonly string[]) => (happened.length > 1 ? 'boot-2' : 'boot-1');
    const { journal, status } = await run({ isCut: (call) => call === 1, bootId });
    expect(status).toBe('partial');
    expect(only(journal, 'deployment')).toMatchObject([{ id: 'd001', bootId: 'boot-1' }]);
    expect(only(journal, 'run-end')).toMatchObject([
      { reason: expect.stringMatching(/1 deployment incomplete.*could not go on: local was booted while it was/) },
    ]);
  });

  it('fails samples whose bytes did not leave by the planned interface', async () => {
    const { journal, status } = await run({ wireBytes: 100 });
    expect(status).toBe('partial');
    const [sample] = only(journal, 'sample').filter(({ test }) => test === 'tcp_rr');
    expect(sample).toMatchObject({ status: 'failed', metrics: {}, diagnostics: { 'client.wire.bytesSent': 100 } });
    expect(sample?.reason).toMatch(/^tgw0 sent 100 bytes while the tool claims that \d+ arrived/);
    expect((await run({ wireBytes: 1e9 })).status).toBe('complete');
  });

  it('tries a failed start once more under a new id, and is complete when that works', async () => {
    let failures = 0;
    const launch = ({ id }: { id: string }) => {
      if (id !== 'd002') return;
      failures += 1;
      throw new MeasurementError('it did not come up');
    };
    const { journal, status, happened } = await run({ launch });
    expect(failures).toBe(1);
    expect(status).toBe('complete');
    expect(happened).not.toContain('stop d002');
    expect(only(journal, 'deployment').find(({ id }) => id === 'd002')).toMatchObject({
      readySeconds: null,
      facts: null,
    });
    expect(only(journal, 'deployment-end').find(({ id }) => id === 'd002')).toMatchObject({
      status: 'failed',
      reason: 'it did not come up',
    });
    const [second, third] = only(journal, 'deployment').slice(1, 3);
    expect([third?.side, third?.guest, third?.block]).toEqual([second?.side, second?.guest, second?.block]);
  });

  it('goes on without a guest that never starts, and says so', async () => {
    const launch = ({ profile }: { profile: { name: string } }) => {
      if (profile.name === 'tuned') throw new MeasurementError('no');
    };
    const { journal, status } = await run({ launch });
    expect(status).toBe('partial');
    expect(only(journal, 'run-end')[0]?.reason).toBe('4 deployments incomplete: no (and 3 more)');
    expect(only(journal, 'deployment-end').filter((end) => end.status === 'ok')).toHaveLength(4);
    expect(only(journal, 'deployment-end').filter((end) => end.status === 'failed')).toHaveLength(8);
  });

  it('takes no sample where the treatment is not in force', async () => {
    const probe = ({ profile }: { profile: { name: string } }) =>
      profile.name === 'stock'
        ? []
        : [
            {
              parameter: 'guest.docker.cpuset',
              layer: 'guest' as const,
              requested: '1',
              found: 'Cpus_allowed_list 0-1',
              probe: 'x',
              result: 'mismatch' as const,
            },
          ];
    const { journal, status, happened } = await run({ probe });
    expect(status).toBe('partial');
    const wrong = only(journal, 'deployment')
      .filter(({ side }) => side === 'candidate')
      .map(({ id }) => id);
    expect(only(journal, 'sample').filter(({ deployment }) => wrong.includes(deployment))).toEqual([]);
    expect(only(journal, 'deployment-end').find(({ id }) => id === wrong[0])?.reason).toBe(
      'treatment not in force: guest.docker.cpuset asked for 1, found Cpus_allowed_list 0-1',
    );
    expect(happened).toContain(`stop ${wrong[0]}`);
  });

  it('has a line of a deployment whose facts or settings could not be read, so that its end has something to name', async () => {
    const probe = () => {
      throw new MeasurementError('it ran into its deadline');
    };
    const { journal, status, happened } = await run({ probe });
    expect(status).toBe('partial');
    expect(only(journal, 'deployment').map(({ id }) => id)).toEqual(
      only(journal, 'deployment-end').map(({ id }) => id),
    );
    expect(only(journal, 'deployment')[0]).toMatchObject({ id: 'd001', readySeconds: 0.3, facts: null, checks: [] });
    expect(only(journal, 'deployment-end')[0]).toMatchObject({ status: 'failed', reason: 'it ran into its deadline' });
    expect(happened).toContain('stop d001');
  });

  it('takes no sample by the wrong device', async () => {
    const { journal, status } = await run({ route: '[{"dst":"198.18.0.16","dev":"eth0"}]' });
    expect(status).toBe('partial');
    expect(only(journal, 'sample')).toEqual([]);
    expect(only(journal, 'deployment-end')[0]?.reason).toContain('would leave by eth0; it must leave by tgw0');
  });

  it('repeats a failed sample once, at the end of its deployment, and keeps what the tool printed', async () => {
    let netperfCalls = 0;
    const answer = (tool: string) => {
      if (tool === 'ping') return 'ping';
      netperfCalls += 1;
      // The first is the warm-up.
      return netperfCalls === 2 ? 'tcp_rr-blocked' : 'tcp_rr';
    };
    const { journal, status } = await run({ answer });
    expect(status).toBe('complete');
    const first = only(journal, 'sample').filter(({ deployment }) => deployment === 'd001');
    expect(first).toHaveLength(7);
    expect(first.filter((sample) => sample.status === 'failed')).toMatchObject([{ test: 'tcp_rr', metrics: {} }]);
    expect(first.at(-1)).toMatchObject({ test: 'tcp_rr', phase: 'measure', status: 'ok' });
    const [log] = await readdir(join(folder, 'logs'));
    expect(await readFile(join(folder, 'logs', log ?? ''), 'utf8')).toContain('$ netperf');
  });

  it('is partial when a sample fails twice', async () => {
    const { status, journal } = await run({ answer: (tool) => (tool === 'ping' ? 'ping-silent' : 'tcp_rr') });
    expect(status).toBe('partial');
    expect(only(journal, 'deployment-end')[0]).toMatchObject({
      status: 'failed',
      reason: expect.stringMatching(/^missing samples: ping: /),
    });
  });

  it('ends early when interrupted: the guest is removed, the journal says so, nothing more is started', async () => {
    const controller = new AbortController();
    const answer = (tool: string, call: number) => {
      if (call === 9) controller.abort(new InterruptionError('SIGINT'));
      return tool === 'netperf' ? 'tcp_rr' : 'ping';
    };
    const { status, journal, happened } = await run({ answer, signal: controller.signal });
    expect(status).toBe('interrupted');
    expect(happened.at(-1)).toBe('stop d002');
    expect(only(journal, 'sample')).toHaveLength(9);
    expect(only(journal, 'deployment-end').at(-1)).toMatchObject({
      id: 'd002',
      status: 'failed',
      reason: 'interrupted by SIGINT',
    });
    expect(journal.at(-1)).toEqual({ kind: 'run-end', status: 'interrupted', reason: 'interrupted by SIGINT' });
  });

  it('takes no more samples of a guest that has ended by itself, and goes on with the next', async () => {
    const hasEnded = (happened: readonly string[]) => happened.includes('ping') && !happened.includes('stop d001');
    const { status, journal, happened } = await run({ hasEnded });
    expect(status).toBe('partial');
    const failed = only(journal, 'deployment-end').filter((line) => line.status === 'failed');
    expect(failed).toMatchObject([{ id: 'd001', reason: 'the guest ended by itself while it was measured' }]);
    const after = happened.indexOf('ping') + 1;
    expect(happened.slice(after, after + 2)).toEqual(['stop d001', expect.stringMatching(/^launch d002/)]);
  });

  it('counts a deployment as failed when its guest cannot be removed', async () => {
    const { status, journal } = await run({
      stop: ({ id }) => (id === 'd001' ? Promise.reject(new Error('it stays')) : Promise.resolve()),
    });
    expect(status).toBe('partial');
    expect(only(journal, 'deployment-end')[0]).toMatchObject({ id: 'd001', status: 'failed', reason: 'it stays' });
  });

  describe('on a host that is switched', () => {
    const booted = { ...plan, layers: ['host-boot' as const, 'host' as const], regime: 'boot' as const };
    const boots = buildSchedule(booted, 1);

    const runSwitched = async (options: FakeHostOptions & Omit<FakeOptions, 'folder'> = {}) => {
      const fake = createFakeRun({ ...options, folder });
      const host = createFakeHost(options);
      const stage = { ...fake.context, versions: {}, restore: async () => {} };
      const steps = {
        ...host.steps,
        prepare: async (side: 'baseline' | 'candidate') => ({
          ...stage,
          restore: (await host.steps.prepare(side)).restore,
        }),
      };
      const treatment = { boots: true, applies: true, settings: { baseline: 'a', candidate: 'b' } };
      const session = new HostSession(treatment, steps, { ...fake.context, isElsewhere: false });
      const status = await measureSchedule({ ...fake.context, plan: booted }, boots, session);
      await session.close();
      return { ...fake, status, host };
    };

    it('measures every guest in each boot, and puts the checks of the host before those of the guest', async () => {
      const check = { layer: 'guest', requested: '1', found: '1', probe: 'x', result: 'verified' } as const;
      const { status, journal, host } = await runSwitched({
        checks: (side) => [{ ...check, layer: 'host', parameter: `host.${side}` }],
        probe: () => [{ ...check, parameter: 'guest.docker.cpuset' }],
      });
      expect(status).toBe('complete');
      const sides = boots.filter(({ guest }) => guest === 'docker').map(({ side }) => side);
      expect(host.happened.filter((step) => step.startsWith('boot'))).toEqual([
        ...sides.map((side) => `boot ${side}`),
        'boot default',
      ]);
      const [first] = only(journal, 'deployment');
      expect(first?.checks.map(({ parameter }) => parameter)).toEqual([
        `host.${boots[0]?.side}`,
        'guest.docker.cpuset',
      ]);
    });

    it('takes no sample where the host is not as asked', async () => {
      const { status, journal } = await runSwitched({
        checks: (side) =>
          side === 'baseline'
            ? []
            : [
                {
                  ...{ parameter: 'host-boot.isolcpus', layer: 'host-boot', requested: '1', found: 'none' },
                  ...{ probe: '/sys/devices/system/cpu/isolated', result: 'mismatch' },
                },
              ],
      });
      expect(status).toBe('partial');
      const wrong = new Set(only(journal, 'deployment').flatMap(({ side, id }) => (side === 'candidate' ? [id] : [])));
      expect(only(journal, 'sample').filter(({ deployment }) => wrong.has(deployment))).toEqual([]);
      expect(only(journal, 'deployment-end').filter(({ id }) => wrong.has(id))).toHaveLength(4);
      expect(only(journal, 'deployment-end').find(({ id }) => wrong.has(id))?.reason).toBe(
        'treatment not in force: host-boot.isolcpus asked for 1, found none',
      );
    });

    it('keeps what a boot said that fell back, tries it once more, and goes on', async () => {
      let first = true;
      const { status, journal } = await runSwitched({
        boot: (_, into) => {
          if (into !== 'candidate' || !first) return {};
          first = false;
          return { entry: 'default', log: 'Kernel panic - not syncing\n', seconds: 90 };
        },
      });
      expect(status).toBe('complete');
      const [failed, ...others] = only(journal, 'deployment-end').filter((end) => end.status === 'failed');
      expect(others).toEqual([]);
      expect(failed?.reason).toMatch(/^the host fell back .*; its last lines: Kernel panic - not syncing$/);
      expect(await readFile(join(folder, 'logs', `${failed?.id}-boot.log`), 'utf8')).toBe(
        'Kernel panic - not syncing\n',
      );
      const line = only(journal, 'deployment').find(({ id }) => id === failed?.id);
      expect(line).toMatchObject({ side: 'candidate', readySeconds: null, facts: null, checks: [] });
      expect(line?.bootId).toMatch(/^boot-\d$/);
    });

    it('goes on with the other side when one never comes up', async () => {
      const { status, journal } = await runSwitched({
        boot: (_, into) => (into === 'candidate' ? { entry: 'default' } : {}),
      });
      expect(status).toBe('partial');
      const ok = new Set(only(journal, 'deployment-end').flatMap((end) => (end.status === 'ok' ? [end.id] : [])));
      const measured = only(journal, 'deployment').filter(({ id }) => ok.has(id));
      expect(measured.map(({ side }) => side)).toEqual(Array(4).fill('baseline'));
      // Two boots of two tries each, and the second guest of each not tried.
      expect(only(journal, 'deployment').filter(({ side }) => side === 'candidate')).toHaveLength(6);
      expect(only(journal, 'run-end')[0]?.reason).toMatch(/^4 deployments incomplete: the host fell back/);
    });

    it('ends when the host stays away', async () => {
      const { status, journal } = await runSwitched({
        boot: (_, into) => {
          if (into === 'default') return { entry: 'default' };
          throw new MeasurementError('it does not come up');
        },
      });
      expect(status).toBe('partial');
      expect(only(journal, 'run-end')[0]?.reason).toBe(
        '1 deployment incomplete: it does not come up; the run could not go on: it does not come up',
      );
    });
  });
});
