import { describe, expect, it } from 'vitest';
import { buildTopologyCommands, embeddedTopology } from '../../src/networks/embedded.ts';

describe('the commands of the embedded topology', () => {
  const lines = buildTopologyCommands(embeddedTopology, 'r1').map(
    ({ program, args }) => `${program} ${args.join(' ')}`,
  );

  it('are these', () => {
    expect(lines).toEqual([
      'ip -n tghost link add tgw0 type veth peer name tgw0 netns tgclient',
      'ip -n tghost link set tgw0 alias tunegate/r1',
      'ip -n tgclient link set tgw0 alias tunegate/r1',
      'ip -n tghost link add tgbr0 address 02:54:47:00:00:02 type bridge forward_delay 0 stp_state 0 mcast_snooping 0',
      'ip -n tghost link set tgbr0 alias tunegate/r1',
      'ip -n tghost link set lo up',
      'ip -n tghost link set tgw0 master tgbr0 up',
      'ip -n tghost link set tgbr0 up',
      'ip -n tghost addr add 198.18.0.2/24 dev tgbr0',
      'ip -n tgclient link set lo up',
      'ip -n tgclient addr add 198.18.0.1/24 dev tgw0',
      'ip -n tgclient link set tgw0 up',
      'ip -n tguser link set lo up',
      'ip -n tguser addr add 198.18.0.1/32 dev lo',
    ]);
  });

  it('touch no link outside the namespaces of the run', () => {
    for (const line of lines) expect(line).toMatch(/ -n tg(host|client|user) /);
  });
});
