import { ip } from '../machines/ip.ts';
import type { Command } from '../machines/machine.ts';
import { labHosts, labNetwork } from './lab.ts';

/** Two bridges, a tap of each for every host, and the client's wire, in namespaces that exist already. */
export function buildNetworkCommands(): readonly Command[] {
  const { namespace, managementBridge, managementAddress, testBridge, clientNamespace, clientDevice } = labNetwork;
  const line = (text: string): Command => ip(...text.split(' '));
  // Frames go through at once, and the bridge sends none of its own into the test network.
  const quiet = 'type bridge forward_delay 0 stp_state 0 mcast_snooping 0';
  const taps = labHosts.flatMap(({ managementTap, testTap }) => [
    [managementTap, managementBridge],
    [testTap, testBridge],
  ]);
  return [
    line(`-n ${namespace} link set lo up`),
    ...[managementBridge, testBridge].flatMap((bridge) => [
      line(`-n ${namespace} link add ${bridge} ${quiet}`),
      line(`-n ${namespace} link set ${bridge} up`),
    ]),
    line(`-n ${namespace} address add ${managementAddress} dev ${managementBridge}`),
    ...taps.flatMap(([tap = '', bridge = '']) => [
      line(`-n ${namespace} tuntap add ${tap} mode tap`),
      line(`-n ${namespace} link set ${tap} master ${bridge} up`),
    ]),
    line(`-n ${namespace} link add ${clientDevice} type veth peer name ${clientDevice} netns ${clientNamespace}`),
    line(`-n ${namespace} link set ${clientDevice} master ${testBridge} up`),
    line(`-n ${clientNamespace} link set lo up`),
    line(`-n ${clientNamespace} link set ${clientDevice} up`),
  ];
}
