import { describe, expect, it } from 'vitest';
import { buildTapCommands, qemuEndpoint } from '../../src/guests/qemu-network.ts';
import { embeddedTopology } from '../../src/networks/embedded.ts';

describe('qemu on the bridge', () => {
  it('gets a tap in the namespace of the host, marked as ours', () => {
    const lines = buildTapCommands(embeddedTopology, 'tgt0', 'run-1', 1).map(({ args }) => args.join(' '));
    expect(lines).toEqual([
      '-n tghost tuntap add tgt0 mode tap',
      '-n tghost link set tgt0 alias tunegate/run-1',
      '-n tghost link set tgt0 master tgbr0 up',
    ]);
  });

  it('has an address of the network that nobody else has and Docker does not hand out', () => {
    const { clientAddress, bridgeAddress, guestRange } = embeddedTopology;
    expect([clientAddress, bridgeAddress]).not.toContain(qemuEndpoint.address);
    const last = Number(qemuEndpoint.address.split('.')[3]);
    expect(qemuEndpoint.address.startsWith('198.18.0.')).toBe(true);
    expect(guestRange).toBe('198.18.0.16/28');
    expect(last).toBeGreaterThanOrEqual(16 + 2 ** (32 - 28));
  });
});
