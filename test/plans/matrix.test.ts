import { describe, expect, it } from 'vitest';
import { listCells, listCombinations } from '../../src/plans/matrix.ts';
import { createPlan } from './create-plan.ts';

const reason = 'not on this machine';

describe('listCombinations', () => {
  it('crosses guests and attachments, in the order of the plan', () => {
    const plan = createPlan({ attachments: ['physical', 'bridge'], tests: ['ping'] });
    expect(listCombinations(plan)).toEqual([
      { guest: 'docker', attachment: 'physical', tests: ['ping'] },
      { guest: 'docker', attachment: 'bridge', tests: ['ping'] },
      { guest: 'bare', attachment: 'physical', tests: ['ping'] },
      { guest: 'bare', attachment: 'bridge', tests: ['ping'] },
    ]);
  });

  it('leaves out what is unsupported: a test, or a whole combination', () => {
    const plan = createPlan({
      attachments: ['bridge', 'user'],
      unsupported: [
        { guest: 'docker', attachment: 'user', test: null, reason },
        { guest: 'bare', attachment: 'user', test: 'ping', reason },
        { guest: 'bare', attachment: 'bridge', test: 'tcp_rr', reason },
        { guest: 'bare', attachment: 'bridge', test: 'udp_stream', reason },
        { guest: 'bare', attachment: 'bridge', test: 'ping', reason },
      ],
    });
    expect(listCombinations(plan)).toEqual([
      { guest: 'docker', attachment: 'bridge', tests: ['tcp_rr', 'udp_stream', 'ping'] },
      { guest: 'bare', attachment: 'user', tests: ['tcp_rr', 'udp_stream'] },
    ]);
  });
});

describe('listCells', () => {
  it('names each primary cell once', () => {
    const cells = listCells(createPlan(), 'primary');
    expect(cells.map(({ id }) => id)).toEqual([
      'docker/bridge/tcp_rr/latency',
      'docker/bridge/udp_stream/throughput',
      'docker/bridge/ping/latency',
      'bare/bridge/tcp_rr/latency',
      'bare/bridge/udp_stream/throughput',
      'bare/bridge/ping/latency',
    ]);
  });

  it('has the other metrics too when asked', () => {
    const plan = createPlan({ guests: ['docker'], tests: ['udp_stream'] });
    expect(listCells(plan, 'all').map(({ id }) => id)).toEqual([
      'docker/bridge/udp_stream/throughput',
      'docker/bridge/udp_stream/sent',
      'docker/bridge/udp_stream/loss',
    ]);
  });
});
