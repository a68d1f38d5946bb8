import { expect, it } from 'vitest';
import { buildDaemonArguments } from '../../src/profiles/daemon-arguments.ts';

const parameters = {
  'daemon.userland-proxy': true,
  'daemon.iptables': true,
  'host.cpu.governor': 'performance',
  'guest.docker.cpuset': '1',
};

it('gives dockerd what the layer daemon of a side asks for, and nothing where it is not treated', () => {
  expect(buildDaemonArguments(parameters, ['host', 'daemon', 'guest'])).toEqual([
    ...['--iptables=true', '--userland-proxy=true'],
  ]);
  expect(buildDaemonArguments(parameters, ['host', 'guest'])).toEqual([]);
});
