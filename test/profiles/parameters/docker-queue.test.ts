import { describe, expect, it } from 'vitest';
import { dockerQueueLength } from '../../../src/profiles/parameters/docker-queue.ts';
import { createReadings } from '../docker-readings.ts';
import { limits } from '../machine-limits.ts';

describe('guest.docker.txqueuelen', () => {
  it.each([[0], [500], [1_000_000]])('takes %j', (written) => {
    expect(dockerQueueLength.schema.parse(written)).toBe(written);
  });

  it.each([[-1], [1.5], ['500'], [1_000_001]])('refuses %j', (written) => {
    expect(dockerQueueLength.schema.safeParse(written).success).toBe(false);
  });

  it('is set by ip inside', () => {
    const container = { device: 'eth0', processes: [], realTimeBudgets: [] };
    expect(dockerQueueLength.docker?.commands?.(500, container)).toEqual([
      { program: 'ip', args: ['link', 'set', 'dev', 'eth0', 'txqueuelen', '500'] },
    ]);
    expect(dockerQueueLength.docker?.arguments?.(500, 'bridge')).toEqual([]);
    expect(dockerQueueLength.misfit(500, limits)).toBeNull();
  });

  it('is in force when the interface has exactly this length', () => {
    expect(dockerQueueLength.docker?.read(500, createReadings({ queueLength: 500 }))).toEqual({
      found: 'eth0 txqlen 500',
      inForce: true,
    });
    expect(dockerQueueLength.docker?.read(500, createReadings())).toEqual({
      found: 'eth0 txqlen 1000',
      inForce: false,
    });
  });
});
