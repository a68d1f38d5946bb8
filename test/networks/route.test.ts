import { describe, expect, it } from 'vitest';
import { judgeRoute } from '../../src/networks/route.ts';

const route = (fields: object) =>
  JSON.stringify([{ dst: '198.18.0.16', dev: 'tgw0', prefsrc: '198.18.0.1', ...fields }]);

describe('judging a route', () => {
  it('accepts the planned device', () => {
    expect(judgeRoute(route({}), 'tgw0')).toBeNull();
  });

  it.each([
    ['another device', route({ dev: 'eth0' }), 'leave by eth0'],
    ['a local address', route({ dev: 'lo', type: 'local' }), 'stay on the machine itself (a local address)'],
    ['a local address by the planned device', route({ type: 'local' }), 'stay on the machine itself (a local address)'],
  ])('refuses %s', (_, answer, problem) => {
    expect(judgeRoute(answer, 'tgw0')).toBe(problem);
  });

  it('wants traffic to stay on the machine where the loopback is the planned device', () => {
    expect(judgeRoute(route({ dst: '127.0.0.1', dev: 'lo', type: 'local' }), 'lo')).toBeNull();
    expect(judgeRoute(route({ dev: 'tgw0' }), 'lo')).toBe('leave by tgw0');
  });

  it.each(['', '[]', '{}', 'RTNETLINK answers: Network is unreachable'])('refuses the answer %j', (answer) => {
    expect(judgeRoute(answer, 'tgw0')).toMatch(/^take a route that cannot be read/);
  });
});
