import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../src/errors.ts';
import { parsePlan } from '../../src/plans/parse-plan.ts';

const parseFixture = (name: string) =>
  parsePlan(readFileSync(new URL(`../fixtures/plans/${name}.yaml`, import.meta.url), 'utf8'), `${name}.yaml`, name);

const keys =
  'name, description, layers, guests, attachments, tests, deployments, samples, seconds, ping, iperf, iperfUdpBitsPerSecond';

describe('parsePlan', () => {
  it('fills in how ping and iperf_udp ask', () => {
    expect(parseFixture('odd')).toEqual({
      name: 'odd',
      description: 'An odd number of fresh starts, on two combinations.',
      layers: ['guest'],
      guests: ['docker', 'bare'],
      attachments: ['bridge'],
      tests: ['tcp_rr', 'ping'],
      deployments: 5,
      samples: 3,
      seconds: 2,
      ping: { count: 10, intervalSeconds: 0.1 },
      iperfUdpBitsPerSecond: 100_000_000,
    });
  });

  it('refuses an unknown key, and says which ones there are', () => {
    expect(() => parseFixture('unknown-key')).toThrow(
      new ConfigurationError(
        `unknown-key.yaml:1:1: guests is missing, it must be a list of one or more of docker, qemu or bare; ` +
          `unknown-key.yaml:4:1: unknown key "gests" (did you mean "guests"?), accepted are ${keys}`,
      ),
    );
  });

  it('refuses a duration with a unit', () => {
    expect(() => parseFixture('wrong-unit')).toThrow(
      new ConfigurationError('wrong-unit.yaml:9:10: seconds must be a whole number from 1 to 3600, found "10s"'),
    );
  });

  it('finds every wrong value, with its place', () => {
    expect(() => parseFixture('wrong-values')).toThrow(
      new ConfigurationError(
        [
          'wrong-values.yaml:4:10: guests[0] must be docker, qemu or bare, found "dokcer" (did you mean "docker"?)',
          'wrong-values.yaml:5:14: attachments must be a list of one or more of bridge, physical, vf or user, ' +
            'found [bridge, bridge] (names the same entry twice)',
          'wrong-values.yaml:6:8: tests must be a list of one or more of tcp_stream, tcp_rr, udp_stream, udp_rr, ' +
            'iperf_tcp, iperf_udp or ping, found []',
          'wrong-values.yaml:7:14: deployments must be a whole number from 1 to 100, found "four"',
          'wrong-values.yaml:8:10: samples must be a whole number from 1 to 1000, found 0',
        ].join('; '),
      ),
    );
  });

  it('refuses a name that is not that of the file', () => {
    const text = readFileSync(new URL('../fixtures/plans/odd.yaml', import.meta.url), 'utf8');
    expect(() => parsePlan(text, 'even.yaml', 'even')).toThrow(
      new ConfigurationError('even.yaml:1:7: name must be "even" like the file\'s, found "odd"'),
    );
  });
});
