import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../src/errors.ts';
import { resolvedPlanSchema } from '../../src/plans/plan.schema.ts';
import { resolvePlan } from '../../src/plans/resolve-plan.ts';
import { createPlan } from './create-plan.ts';

const { regime: _, unsupported: __, ...plan } = createPlan({ guests: ['docker', 'qemu'], tests: ['tcp_rr', 'ping'] });

describe('resolvePlan', () => {
  it('keeps the reasons that concern the plan', () => {
    const concerned = [
      { guest: 'qemu', attachment: 'bridge', test: null, reason: 'no QEMU' },
      { guest: 'docker', attachment: 'bridge', test: 'ping', reason: 'no ping' },
    ] as const;
    const others = [
      { guest: 'bare', attachment: 'bridge', test: null, reason: 'not asked for' },
      { guest: 'docker', attachment: 'vf', test: null, reason: 'not asked for' },
      { guest: 'docker', attachment: 'bridge', test: 'udp_rr', reason: 'not asked for' },
    ] as const;
    const resolved = resolvePlan(plan, { regime: 'deployment', unsupported: [...concerned, ...others] });
    expect(resolved).toEqual({ ...plan, regime: 'deployment', unsupported: concerned });
    expect(resolvedPlanSchema.parse(resolved)).toEqual(resolved);
  });

  it('refuses a plan of which nothing can run, with the reasons', () => {
    const unsupported = [
      { guest: 'qemu', attachment: 'bridge', test: null, reason: 'no QEMU' },
      { guest: 'docker', attachment: 'bridge', test: 'ping', reason: 'no root' },
      { guest: 'docker', attachment: 'bridge', test: 'tcp_rr', reason: 'no root' },
    ] as const;
    expect(() => resolvePlan(plan, { regime: 'deployment', unsupported })).toThrow(
      new ConfigurationError('nothing of the plan small can run here (qemu/bridge: no QEMU; docker/bridge: no root)'),
    );
  });
});
