import { afterEach, describe, expect, it } from 'vitest';
import { createBranchStore } from '../../../src/github/branch-files.ts';
import { createClient } from '../../../src/github/client.ts';
import { addNight } from '../../../src/history/night-store.ts';
import { buildPullEvent } from '../../fakes/github-server/events.ts';
import type { GitHubServer } from '../../fakes/github-server/server.ts';
import { createNight } from '../../history/night-factory.ts';
import { profile, readShipped, runPlanAction, startLab } from './plan-room.ts';

let server: GitHubServer;
afterEach(async () => {
  expect(server.violations).toEqual([]);
  await server.close();
});

const tuned = (await readShipped())[profile('tuned')] ?? '';
const change = { [profile('tuned')]: tuned.replace('guest.docker.cpuset: "1"', 'guest.docker.cpuset: "0"') };

async function recordNights(days: readonly number[]) {
  const token = server.token(1, { contents: 'write' });
  const github = createClient(token, { apiUrl: server.origin, waitUnitMilliseconds: 1 });
  const store = createBranchStore({ github, repository: { owner: 'acme', repo: 'lab' }, branch: 'tunegate-history' });
  for (const day of days) await addNight(store, createNight({ day }));
}

const plan = (now: string) =>
  runPlanAction(server, {
    eventName: 'pull_request_target',
    event: buildPullEvent(server, 'opened', 7),
    now: new Date(now),
  });

describe('plan with recorded nights', () => {
  it('expects a change as small as the nights say, and notices none that is late', async () => {
    server = await startLab({ change });
    await recordNights([0, 1, 2]);
    const { request } = await plan('2026-01-03T20:00:00Z');
    const [comparison] = request?.comparisons ?? [];
    // A wobble of 0.4 % between fresh starts, four a side, one of 42 cells: 2 % is what such a run can find.
    expect(comparison?.detectableChange).toBeGreaterThan(0.01);
    expect(comparison?.detectableChange).toBeLessThan(0.03);
    expect(request?.notes).toEqual([]);
  });

  it('says which nights have not come', async () => {
    server = await startLab({ change });
    await recordNights([0, 1]);
    const { request } = await plan('2026-01-06T02:00:00Z');
    expect(request?.notes).toEqual([expect.stringContaining('No night of tuned on tuned since 2026-01-02 02:00 UTC')]);
  });

  it('goes on without a history that cannot be read, and says so', async () => {
    server = await startLab({ change });
    server.misbehave({ kind: 'forbidden', operation: 'git/get-ref' });
    const { request, outputs } = await plan('2026-01-06T02:00:00Z');
    expect(outputs['should-measure']).toBe('true');
    expect(request?.comparisons[0]?.detectableChange).toBeNull();
    expect(request?.notes).toEqual([expect.stringContaining('The history on tunegate-history could not be read')]);
  });
});
