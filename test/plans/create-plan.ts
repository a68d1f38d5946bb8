import type { ResolvedPlan } from '../../src/plans/plan.schema.ts';

/** A small resolved plan. */
export function createPlan(overrides: Partial<ResolvedPlan> = {}): ResolvedPlan {
  return {
    name: 'small',
    description: 'For tests.',
    layers: ['guest'],
    guests: ['docker', 'bare'],
    attachments: ['bridge'],
    tests: ['tcp_rr', 'udp_stream', 'ping'],
    deployments: 4,
    samples: 2,
    seconds: 1,
    ping: { count: 10, intervalSeconds: 0.1 },
    iperfUdpBitsPerSecond: 100_000_000,
    regime: 'deployment',
    unsupported: [],
    ...overrides,
  };
}
