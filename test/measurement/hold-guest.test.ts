import { describe, expect, it } from 'vitest';
import { deploymentSchema } from '../../src/guests/deployment.schema.ts';
import type { GuestRequest, RunningGuest } from '../../src/guests/guest.ts';
import { createLocalMachine } from '../../src/machines/local.ts';
import { keepLogsIn } from '../../src/measurement/guest-logs.ts';
import { heldGuestSchema } from '../../src/measurement/held-guest.schema.ts';
import { holdGuest } from '../../src/measurement/hold-guest.ts';
import { embeddedTopology } from '../../src/networks/embedded.ts';
import type { Check } from '../../src/results/journal.schema.ts';

const verified: Check = {
  ...{ parameter: 'guest.docker.cpuset', layer: 'guest', requested: '1', found: '1', probe: '/proc/PID/status' },
  result: 'verified',
};

function hold(change: Partial<RunningGuest>, checks: readonly Check[] = [verified]) {
  const happened: string[] = [];
  const guest: RunningGuest = {
    ...{ address: '198.18.0.16', accelerator: null, readySeconds: 0.5, hasEnded: () => false },
    watched: { network: process.pid, threads: null },
    handle: { kind: 'docker', pid: process.pid, container: 'a'.repeat(64), dockerSocket: '/state/docker.sock' },
    collectFacts: async () => ({ 'mtu.guest': 1500 }),
    probe: async () => [...checks],
    stop: async () => void happened.push('stop'),
    ...change,
  };
  const launch = async ({ id }: GuestRequest) => {
    happened.push(`launch ${id}`);
    return guest;
  };
  const prepared = {
    ...{
      topology: embeddedTopology,
      dockerSocket: null,
      versions: { dockerd: '1' },
      placement: null,
      windows: null,
      logs: keepLogsIn('/nowhere'),
    },
    drivers: new Map([['docker' as const, { kind: 'docker' as const, launch }]]),
    restore: async () => {},
  };
  const profile = { name: 'mine', description: null, compareTo: null, parameters: {}, sha256: '0'.repeat(64) };
  const request = {
    ...{ machine: createLocalMachine(), guest: 'docker' as const, id: 'guest-1', attachment: 'bridge' as const },
    ...{ profile, layers: ['guest' as const], logFile: '/dev/null', signal: new AbortController().signal },
  };
  return { happened, holding: holdGuest(request, prepared) };
}

describe('a guest that is held', () => {
  it('is described by what others and the one who measures read', async () => {
    const { happened, holding } = hold({});
    const { held, checks } = await holding;
    expect(heldGuestSchema.parse(JSON.parse(JSON.stringify(held)))).toEqual(held);
    expect(deploymentSchema.parse(held.deployment).held).toEqual({ id: 'guest-1', controlPort: 12_865 });
    expect(held).toMatchObject({ readySeconds: 0.5, facts: { 'mtu.guest': 1500 }, versions: { dockerd: '1' } });
    expect(checks).toEqual([verified]);
    expect(happened).toEqual(['launch d001']);
  });

  it.each([
    ['is not in force', { result: 'mismatch' as const, found: '0-1' }],
    ['cannot be read', { result: 'unprobed' as const, found: 'no such file' }],
  ])('is gone again when a setting %s, and request and reading are told', async (_, change) => {
    const { happened, holding } = hold({}, [{ ...verified, ...change }]);
    await expect(holding).rejects.toThrow(
      `treatment not in force: guest.docker.cpuset asked for 1, found ${change.found}`,
    );
    expect(happened).toEqual(['launch d001', 'stop']);
  });

  it('is gone again when it cannot be looked at', async () => {
    const { happened, holding } = hold({ collectFacts: () => Promise.reject(new Error('no answer')) });
    await expect(holding).rejects.toThrow('no answer');
    expect(happened).toEqual(['launch d001', 'stop']);
  });

  it('is none when it ended at once', async () => {
    const handle = { kind: 'docker' as const, pid: 4_194_303, container: 'a'.repeat(64), dockerSocket: '/d.sock' };
    const { happened, holding } = hold({ handle });
    await expect(holding).rejects.toThrow('ended by itself as soon as it had started');
    expect(happened).toEqual(['launch d001', 'stop']);
  });
});
