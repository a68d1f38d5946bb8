import { createLocalMachine } from '../../src/machines/local.ts';
import { embeddedTopology } from '../../src/networks/embedded.ts';

const machine = createLocalMachine();

/**
 * Links, addresses and rules of both ends of the wire: what a guest must leave as it found it while the run goes on.
 * Without interface numbers, which count up, and the carrier, which follows a moment later.
 */
export async function readTopology(): Promise<Record<string, string[]>> {
  const { hostNamespace, clientNamespace } = embeddedTopology;
  return {
    hostLinks: await readLinks(hostNamespace),
    hostAddresses: await readAddresses(hostNamespace),
    hostRules: await read('nsenter', `--net=/run/netns/${hostNamespace}`, 'iptables-save'),
    clientLinks: await readLinks(clientNamespace),
    clientAddresses: await readAddresses(clientNamespace),
    clientRoutes: (await read('ip', '-n', clientNamespace, 'route')).map((route) => route.replace(' linkdown', '')),
  };
}

async function readLinks(namespace: string): Promise<string[]> {
  const lines = await read('ip', '-n', namespace, '-o', '-d', 'link');
  const volatile = /^\d+: |@\S+|state \S+|NO-CARRIER,|,LOWER_UP|link-netns\S* \S+/g;
  return lines.map((line) => line.replace(volatile, '').replace(/(hello|tcn|topology_change|gc)_timer\s+\S+/g, ''));
}

async function readAddresses(namespace: string): Promise<string[]> {
  return (await read('ip', '-n', namespace, '-o', '-4', 'address')).map((line) => line.replace(/^\d+: /, ''));
}

async function read(program: string, ...args: string[]): Promise<string[]> {
  const { stdout } = await machine.run({ program, args }, { timeoutSeconds: 10 });
  return stdout.split('\n').filter(Boolean).sort();
}
