import * as z from 'zod';
import { defineParameter, transformWith } from '../define-parameter.ts';
import { parseIpv4, parseIpv4Network } from '../ipv4.ts';

const mac = z
  .string()
  .transform((text) => text.toLowerCase())
  .refine((text) => /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/.test(text), {
    error: 'six pairs of hexadecimal digits joined by colons are accepted',
    abort: true,
  })
  .refine((text) => (Number.parseInt(text.slice(0, 2), 16) & 1) === 0, { error: 'a group address is no interface' })
  .refine((text) => text !== '00:00:00:00:00:00', { error: 'the address of no interface' });

export const dockerMac = defineParameter<string>({
  name: 'guest.docker.mac',
  layer: 'guest',
  summary: "MAC address of the container's interface in the test network.",
  schema: mac,
  accepted: 'a unicast MAC address such as 02:54:47:00:00:10',
  versions:
    'every Docker by --mac-address; a setting of the whole container until API 1.43, of the endpoint in the network ' +
    'since 1.44 (25.0), of nothing else since 1.52 (29.0)',
  replacedBy: null,
  switching: 'deployment',
  effect: { latency: 'none', bandwidth: 'none', jitter: 'none' },
  risk:
    'Two interfaces with one address in a network lose packets. Left out, Docker up to 27 derives it from the IP ' +
    'address and Docker 28 draws it anew at every start: bridge table and neighbour cache then start cold.',
  source: 'moby API changelog 1.44, 1.52; Docker Engine 28.0 release notes',
  changesFacts: [],
  misfit: () => null,
  probe: 'ip address in the container, docker inspect of the endpoint',
  docker: {
    arguments: (value, attachment) => (attachment === 'physical' ? [] : ['--mac-address', value]),
    read: (value, { link, endpoint }) => ({
      found: `${link.name} ${link.mac.toLowerCase()}${describeDaemon(endpoint?.mac.toLowerCase())}`,
      inForce: link.mac.toLowerCase() === value && (endpoint === null || endpoint.mac.toLowerCase() === value),
    }),
  },
});

export const dockerAddress = defineParameter<string>({
  name: 'guest.docker.address',
  layer: 'guest',
  summary: 'IPv4 address of the container in the test network.',
  schema: z.string().transform(
    transformWith((text) => {
      parseIpv4(text);
      return text;
    }),
  ),
  accepted: 'a free IPv4 address of the test network, such as 198.18.0.16',
  versions: 'Docker 1.10 and newer, in user-defined networks',
  replacedBy: null,
  switching: 'deployment',
  effect: { latency: 'none', bandwidth: 'none', jitter: 'none' },
  risk: 'On the default bridge Docker 20.10 ignores --ip without a word and gives another address.',
  source: 'docker run reference (--ip); seen with Docker 20.10.24',
  changesFacts: [],
  misfit: (value, { network, takenAddresses }) => {
    const { first, last } = parseIpv4Network(network);
    const number = parseIpv4(value);
    const accepted = `accepted are the free addresses of ${network} (taken: ${takenAddresses.join(', ') || 'none'})`;
    if (number < first || number > last) return `it is outside the test network, ${accepted}`;
    if (number === first || number === last) return `it is the network's own or its broadcast address, ${accepted}`;
    return takenAddresses.includes(value) ? `it is taken, ${accepted}` : null;
  },
  probe: 'ip address in the container, docker inspect of the endpoint',
  docker: {
    arguments: (value, attachment) => (attachment === 'physical' ? [] : ['--ip', value]),
    read: (value, { link, endpoint }) => {
      const addresses = link.addresses.map((address) => address.replace(/\/\d+$/, ''));
      return {
        found: `${link.name} ${addresses.join(' ') || 'without address'}${describeDaemon(endpoint?.address)}`,
        inForce: addresses.includes(value) && (endpoint === null || endpoint.address === value),
      };
    },
  },
});

/** Nothing is said of a daemon that has no endpoint; an endpoint without the setting is. */
function describeDaemon(value: string | undefined): string {
  return value === undefined ? '' : `, daemon ${value || 'none'}`;
}
