import * as z from 'zod';
import { ConfigurationError } from '../../errors.ts';
import { firstAddress, readPool, readProxy, showLocalRoutes, wholeNetwork } from '../daemon-network.ts';
import { askDaemon, besideDaemon, buildDaemonPart, showBridgeNetworks } from '../daemon-part.ts';
import { defineParameter, transformWith } from '../define-parameter.ts';
import { parseIpv4Network } from '../ipv4.ts';
import { acceptedOnOff, onOff } from '../on-off.ts';
import type { Parameter } from '../parameter.ts';

const none = { latency: 'none', bandwidth: 'none', jitter: 'none' } as const;

const storageDriver = defineParameter<string>({
  name: 'daemon.storage-driver',
  layer: 'daemon',
  summary: "How dockerd keeps images and the containers' file systems.",
  schema: z.enum(['overlay2', 'overlayfs', 'vfs', 'overlay']),
  accepted: 'overlay2, overlayfs (containerd image store), vfs, or overlay as in 2015',
  versions:
    'overlay until Docker 23.0, where naming it later is an error at start; overlay2 since 1.12; overlayfs is what a ' +
    'fresh Docker 29 uses',
  replacedBy: 'overlay2, or overlayfs from Docker 29 on, instead of overlay',
  switching: 'deployment',
  effect: none,
  risk: 'A server that reads no files while it is measured does not notice.',
  source: 'dockerd reference (--storage-driver); thesis, Docker settings',
  changesFacts: [],
  misfit: () => null,
  probe: 'docker info, Storage Driver',
  host: buildDaemonPart({
    arguments: (value) => ['--storage-driver', value],
    shows: { driver: askDaemon('info', '--format', '{{.Driver}}') },
    judge: (value, { driver = '' }) => ({ found: driver.trim(), inForce: driver.trim() === value }),
  }),
});

const addressPool = defineParameter<string>({
  name: 'daemon.address-pool',
  layer: 'daemon',
  summary: 'Range from which dockerd hands out addresses on its own bridge, in CIDR form.',
  schema: z.string().transform(
    transformWith((text) => {
      const { first, last } = parseIpv4Network(text);
      if (last - first < 3) throw new ConfigurationError('a range without room for two addresses');
      return text;
    }),
  ),
  accepted: 'an IPv4 range such as 192.168.42.240/28',
  versions: '--fixed-cidr with --bip, every Docker',
  replacedBy: 'a network of its own with --subnet and --ip-range, the only place where docker run --ip works',
  switching: 'deployment',
  effect: none,
  risk: 'A range that overlaps a route of the machine sends packets out by the wrong device.',
  source: 'dockerd reference (--fixed-cidr); thesis, Docker settings',
  changesFacts: [],
  misfit: () => null,
  probe: 'docker network inspect, IPAM of the network bridge',
  host: buildDaemonPart({
    // Of options given twice the last one counts: the daemon is started without a bridge of its own otherwise.
    arguments: (value) => ['--bridge', '', '--bip', firstAddress(value), '--fixed-cidr', wholeNetwork(value)],
    shows: { networks: showBridgeNetworks },
    judge: (value, { networks = '' }) => readPool(value, networks),
  }),
});

const packetFilter = defineParameter<boolean>({
  name: 'daemon.iptables',
  layer: 'daemon',
  summary: 'Whether dockerd adds its rules to the packet filter, which bridged frames then pass.',
  schema: onOff,
  accepted: acceptedOnOff,
  versions: '--iptables, every Docker; on unless it is said',
  replacedBy: null,
  switching: 'deployment',
  effect: { latency: 'worse', bandwidth: 'worse', jitter: 'depends' },
  risk: 'With it the policy of FORWARD is DROP: frames between two ports of another bridge, such as a tap, are dropped too.',
  source: 'dockerd reference (--iptables); thesis, Docker settings (deliberately left in the path)',
  changesFacts: ['host.netfilter.bridge', 'host.netfilter.forward'],
  misfit: () => null,
  probe: "iptables --list-rules in the daemon's network namespace, chain DOCKER",
  host: buildDaemonPart({
    arguments: (value) => [`--iptables=${value}`],
    shows: { rules: besideDaemon({ program: 'iptables', args: ['--list-rules'] }) },
    judge: (value, { rules = '' }) => {
      const on = /^-N DOCKER$/m.test(rules);
      return { found: on ? 'on, with a chain DOCKER' : 'off, no chain DOCKER', inForce: on === value };
    },
  }),
});

const userlandProxy = defineParameter<boolean>({
  name: 'daemon.userland-proxy',
  layer: 'daemon',
  summary: 'Whether dockerd starts a process for each published port, which carries connections from the host itself.',
  schema: onOff,
  accepted: acceptedOnOff,
  versions: '--userland-proxy, Docker 1.7 and newer; on unless it is said',
  replacedBy: null,
  switching: 'deployment',
  effect: none,
  risk: 'Seen by connections from the host to its own published ports only.',
  source: 'dockerd reference (--userland-proxy)',
  changesFacts: [],
  misfit: () => null,
  probe: "route_localnet of the bridges of Docker's networks, which the daemon needs when there is no proxy",
  host: buildDaemonPart({
    arguments: (value) => [`--userland-proxy=${value}`],
    shows: { networks: showBridgeNetworks, routes: besideDaemon(showLocalRoutes) },
    judge: (value, shown) => readProxy(value, shown),
  }),
});

export const daemonParameters: readonly Parameter[] = [storageDriver, addressPool, packetFilter, userlandProxy];
