import { describe, expect, it } from 'vitest';
import { embeddedTopology } from '../../src/networks/embedded.ts';
import { buildHandOverCommands } from '../../src/networks/hand-over.ts';

describe('handing the wire over', () => {
  const owner = { namespace: 'tg-d001', pid: 42, mac: '02:54:47:00:00:10', address: '198.18.0.16' };
  const lines = (mac: string | null) =>
    buildHandOverCommands(embeddedTopology, { ...owner, mac }).map(
      ({ program, args }) => `${program} ${args.join(' ')}`,
    );

  it('takes it off the bridge and gives it name, MAC and address inside', () => {
    expect(lines(owner.mac)).toEqual([
      'ip -n tghost link set tgw0 down',
      'ip -n tghost link set tgw0 nomaster',
      'ip -n tghost link set tgw0 netns tg-d001',
      'ip -n tg-d001 link set tgw0 name eth0',
      'ip -n tg-d001 link set eth0 address 02:54:47:00:00:10',
      'ip -n tg-d001 link set lo up',
      'ip -n tg-d001 addr add 198.18.0.16/24 dev eth0',
      'ip -n tg-d001 link set eth0 up',
    ]);
  });

  it('leaves the MAC where none is asked for', () => {
    expect(lines(null).join('\n')).not.toContain('address 02');
  });
});
