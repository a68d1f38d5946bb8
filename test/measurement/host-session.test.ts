import { describe, expect, it } from 'vitest';
import { ConfigurationError, InterruptionError } from '../../src/errors.ts';
import { HostSession, type Turn } from '../../src/measurement/host-session.ts';
import { describeTreatment, type HostTreatment } from '../../src/measurement/host-steps.ts';
import { createFakeHost, type FakeHostOptions } from './fake-host.ts';

const guestOnly: HostTreatment = { boots: false, applies: false, settings: { baseline: '', candidate: '' } };
const applying: HostTreatment = { boots: false, applies: true, settings: { baseline: 'a', candidate: 'b' } };
const booting: HostTreatment = { ...applying, boots: true };

function openSession(treatment: HostTreatment, options: FakeHostOptions & { isElsewhere?: boolean } = {}) {
  const host = createFakeHost(options);
  const said: string[] = [];
  const controller = new AbortController();
  const session = new HostSession(treatment, host.steps, {
    watch: (event) => void (event.kind === 'step' && said.push(event.text)),
    signal: controller.signal,
    isElsewhere: options.isElsewhere ?? false,
  });
  const visit = async (...turns: Turn[]) => {
    const found = [];
    for (const turn of turns) found.push(await session.enter(turn));
    return found;
  };
  return { ...host, session, said, controller, visit };
}

const turn = (letter: 'A' | 'B', boot: number | null = null): Turn => ({
  side: letter === 'A' ? 'baseline' : 'candidate',
  boot,
});

describe('a host that is not switched', () => {
  it('is prepared once for all turns, and taken down once', async () => {
    const { session, visit, happened } = openSession(guestOnly);
    expect(await session.open('candidate')).toEqual({ dockerd: '20.10.24' });
    const entered = await visit(turn('A'), turn('B'), turn('B'), turn('A'));
    expect(entered.map(({ kind }) => kind)).toEqual(['entered', 'entered', 'entered', 'entered']);
    await session.close();
    await session.close();
    expect(happened).toEqual(['prepare candidate', 'take down']);
  });

  it('is prepared again for a dockerd with other settings', async () => {
    const { session, visit, happened } = openSession({ ...guestOnly, settings: { baseline: '', candidate: 'b' } });
    await session.open('baseline');
    await visit(turn('A'), turn('B'), turn('B'), turn('A'));
    await session.close();
    const once = ['take down', 'prepare candidate', 'take down', 'prepare baseline', 'take down'];
    expect(happened).toEqual(['prepare baseline', ...once]);
  });
});

describe('a host whose settings are switched', () => {
  it('is taken down, put back and set anew whenever the side changes, and put back at the end', async () => {
    const { session, visit, happened } = openSession(applying);
    await session.open('baseline');
    await visit(turn('A'), turn('B'), turn('B'), turn('A'));
    await session.close();
    expect(happened).toEqual([
      ...['prepare baseline', 'take down'],
      ...['apply baseline', 'prepare baseline', 'take down', 'take back'],
      ...['apply candidate', 'prepare candidate', 'take down', 'take back'],
      ...['apply baseline', 'prepare baseline', 'take down', 'take back'],
    ]);
  });

  it('is not switched between sides that ask the same of it', async () => {
    const { session, visit, happened } = openSession({ ...applying, settings: { baseline: 'a', candidate: 'a' } });
    await visit(turn('A'), turn('B'), turn('A'));
    await session.close();
    expect(happened).toEqual(['apply baseline', 'prepare baseline', 'take down', 'take back']);
  });

  it('tells why a side could not be set, and goes on', async () => {
    const { visit, happened } = openSession(applying, {
      fail: (step) => {
        if (step === 'apply candidate') throw new Error('the kernel says no');
      },
    });
    const [first, second, third] = await visit(turn('A'), turn('B'), turn('A'));
    expect(first?.kind).toBe('entered');
    expect(second).toEqual({
      ...{ kind: 'failed', reason: 'the kernel says no', log: null, bootId: 'boot-0', again: true, lost: null },
    });
    expect(third?.kind).toBe('entered');
    expect(happened.slice(-3)).toEqual(['apply candidate', 'apply baseline', 'prepare baseline']);
  });

  it('is set anew when it was booted behind the back of the run', async () => {
    const { visit, happened, reboot } = openSession(applying);
    await visit(turn('A'));
    reboot();
    await visit(turn('A'));
    expect(happened).toEqual([
      ...['apply baseline', 'prepare baseline', 'take down'],
      ...['apply baseline', 'prepare baseline'],
    ]);
  });
});

describe('a host that boots into each side', () => {
  it('boots once for every boot of the schedule, also into the same side twice, and back at the end', async () => {
    const { session, visit, happened, said } = openSession(booting);
    await session.open('baseline');
    const entered = await visit(turn('A', 1), turn('A', 1), turn('B', 2), turn('B', 3));
    expect(entered.every(({ kind }) => kind === 'entered')).toBe(true);
    await session.close();
    expect(happened).toEqual([
      ...['prepare baseline', 'take down'],
      ...['boot baseline', 'apply baseline', 'prepare baseline', 'take down', 'take back'],
      ...['boot candidate', 'apply candidate', 'prepare candidate', 'take down', 'take back'],
      ...['boot candidate', 'apply candidate', 'prepare candidate', 'take down', 'take back'],
      'boot default',
    ]);
    expect(said).toContain('booting the host into the candidate, boot 3 of the run');
    expect(said.slice(-2)).toEqual(['booting the host back into its usual entry', 'the host is back after 40 s']);
  });

  it('boots once for both sides where they boot alike', async () => {
    const { session, visit, happened } = openSession(booting);
    await visit(turn('A'), turn('B'));
    await session.close();
    expect(happened.filter((step) => step.startsWith('boot'))).toEqual(['boot baseline', 'boot default']);
  });

  it('boots again into a boot that the host has left by itself', async () => {
    const { visit, happened, reboot } = openSession(booting);
    await visit(turn('A', 1));
    reboot();
    await visit(turn('A', 1));
    expect(happened.filter((step) => step.startsWith('boot'))).toEqual(['boot baseline', 'boot baseline']);
  });

  it('tells a boot that fell back with its log, and tries it once more', async () => {
    const log = 'Linux version 6.12\nKernel panic - not syncing: no init\nRebooting in 10 seconds..\n';
    const { session, visit, happened } = openSession(booting, {
      boot: (attempt) => (attempt === 1 ? { entry: 'default', log, seconds: 96.4 } : {}),
    });
    const [first, second] = await visit(turn('B', 1), turn('B', 1));
    expect(first).toEqual({
      kind: 'failed',
      reason:
        'the host fell back to its usual entry, in which it was 96 s after it was told to boot into the candidate; its last lines: Linux version 6.12 / Kernel panic - not syncing: no init / Rebooting in 10 seconds..',
      ...{ log, bootId: 'boot-1', again: true, lost: null },
    });
    expect(second?.kind).toBe('entered');
    await session.close();
    expect(happened.at(-1)).toBe('boot default');
  });

  it('is not booted back from its usual entry', async () => {
    const { session, visit, happened } = openSession(booting, { boot: () => ({ entry: 'default' }) });
    await visit(turn('B', 1), turn('B', 1));
    await session.close();
    expect(happened).toEqual(['boot candidate', 'boot candidate']);
  });

  it('tries a boot twice, a third turn of it not at all, and goes on with the other side', async () => {
    const { visit, happened } = openSession(booting, {
      boot: (_, into) => (into === 'candidate' ? { entry: 'default' } : {}),
    });
    const found = await visit(turn('B', 1), turn('B', 1), turn('B', 1), turn('A', 2), turn('B', 3));
    expect(found.map((entered) => (entered.kind === 'failed' ? entered.again : 'entered'))).toEqual([
      ...[true, false, false, 'entered', true],
    ]);
    expect(found[2]).toMatchObject({ reason: expect.stringMatching(/^the host did not boot into the candidate: /) });
    expect(happened.filter((step) => step.startsWith('boot'))).toEqual([
      ...['boot candidate', 'boot candidate', 'boot baseline', 'boot candidate'],
    ]);
  });

  it('gives a side up after two boots that never came up, until one does', async () => {
    const { visit, happened } = openSession(booting, { boot: () => ({ entry: 'default' }) });
    const [last] = (await visit(turn('B', 1), turn('B', 1), turn('B', 2), turn('B', 2), turn('B', 3))).slice(-1);
    expect(last).toMatchObject({
      kind: 'failed',
      again: false,
      reason: 'the host was not booted: its last 2 boots into the candidate failed, each tried 2 times',
    });
    expect(happened).toHaveLength(4);
  });

  it('says that the run cannot go on when the host stays away twice', async () => {
    const { visit } = openSession(booting, {
      boot: () => {
        throw new Error('it does not answer, also after its power was cycled');
      },
    });
    const found = await visit(turn('A', 1), turn('A', 1));
    expect(found.map((entered) => (entered.kind === 'failed' ? entered.lost : ''))).toEqual([
      ...[null, 'it does not answer, also after its power was cycled'],
    ]);
  });

  it('ends a boot that a killed run left behind, also where this run boots nothing', async () => {
    const idle = openSession(guestOnly, { isElsewhere: true });
    await idle.session.open('baseline');
    await idle.session.close();
    expect(idle.happened).toEqual(['boot default', 'prepare baseline', 'take down']);
    const again = openSession(booting, { isElsewhere: true });
    await again.session.open('baseline');
    await again.session.close();
    expect(again.happened).toEqual(['prepare baseline', 'take down', 'boot default']);
  });

  it('is booted back when it is interrupted in the middle of a boot', async () => {
    const { session, controller, happened, said } = openSession(booting, {
      boot: (_, into) => {
        if (into === 'default') return {};
        controller.abort(new InterruptionError('SIGINT'));
        throw controller.signal.reason;
      },
    });
    await expect(session.enter(turn('A', 1))).rejects.toThrow('interrupted by SIGINT');
    await session.close();
    expect(happened).toEqual(['boot baseline', 'boot default']);
    expect(said).toContain('booting the host back into its usual entry; interrupting once more does not end that');
  });

  it('is booted back when it is interrupted while it boots, and nothing of the side is set', async () => {
    const { session, controller, happened } = openSession(booting, {
      boot: (_, into) => {
        if (into !== 'default') controller.abort(new InterruptionError('SIGINT'));
        return {};
      },
    });
    await expect(session.enter(turn('A', 1))).rejects.toThrow('interrupted by SIGINT');
    await session.close();
    expect(happened).toEqual(['boot baseline', 'boot default']);
  });

  it('is put back and booted back even if something resists being taken down', async () => {
    const { session, visit, happened } = openSession(booting, {
      fail: (step) => {
        if (step === 'take down') throw new Error('it stays');
      },
    });
    await visit(turn('A', 1));
    await expect(session.close()).rejects.toThrow('could not take down what was built on the machines: it stays');
    expect(happened.slice(-3)).toEqual(['take down', 'take back', 'boot default']);
  });
});

describe('a host that does not answer any more', () => {
  it('is brought back before it is booted again', async () => {
    const { visit, happened } = openSession(booting, {
      boot: (attempt) => {
        if (attempt === 1) throw new Error('it does not answer');
        return {};
      },
    });
    const found = await visit(turn('A', 1), turn('A', 1));
    expect(found.map(({ kind }) => kind)).toEqual(['failed', 'entered']);
    expect(happened.slice(0, 3)).toEqual(['boot baseline', 'boot default', 'boot baseline']);
  });

  it('is no hindrance to a boot, which ends what cannot be taken down', async () => {
    const { visit, said } = openSession(booting, {
      fail: (step) => {
        if (step === 'take down') throw new Error('it does not answer');
      },
    });
    const found = await visit(turn('A', 1), turn('B', 2));
    expect(found.map(({ kind }) => kind)).toEqual(['entered', 'entered']);
    expect(said).toContain('warning: could not take down what was built on the machines: it does not answer');
  });

  it('ends the run at once where the user has something to mend', async () => {
    const { visit } = openSession(booting, {
      boot: () => {
        throw new ConfigurationError('there is no such kernel');
      },
    });
    await expect(visit(turn('A', 1))).rejects.toThrow(ConfigurationError);
  });
});

describe('what a run switches on its host', () => {
  const profiles = {
    baseline: { parameters: { 'guest.docker.cpuset': '1', 'host.cpu.governor': 'performance' } },
    candidate: { parameters: { 'host.cpu.governor': 'performance', 'daemon.iptables': true } },
  };

  it('is what the treated layers of host and dockerd ask for', () => {
    const { settings, ...rest } = describeTreatment(['host', 'guest'], profiles);
    expect(rest).toEqual({ boots: false, applies: true });
    expect(settings.baseline).toBe(settings.candidate);
    const all = describeTreatment(['host-boot', 'host', 'daemon', 'guest'], profiles);
    expect(all).toMatchObject({ boots: true, applies: true });
    expect(all.settings.baseline).not.toBe(all.settings.candidate);
  });
});
