import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../src/profiles/catalogue.ts';
import type { HostPlace } from '../../../src/profiles/host-part.ts';
import type { ParameterValue } from '../../../src/profiles/profile.schema.ts';

const place: HostPlace = { cpus: [0, 1, 2], nic: { name: 'enp1s0', namespace: null }, dockerSocket: null };

function open(name: string, written: ParameterValue) {
  const { host, schema } = catalogue.get(name) ?? {};
  if (host?.change === undefined || schema === undefined) throw new Error(`no ${name}`);
  const { change } = host;
  const value = schema.parse(written);
  const [present = '', show = ''] = (host.reads(value, place).commands ?? []).map(({ program, args }) =>
    [program, ...args].join(' '),
  );
  const readings = (text: string | undefined, tool = true) => ({
    files: {},
    outputs: { ...(tool ? { [present]: 'driver: igb\n' } : {}), ...(text === undefined ? {} : { [show]: text }) },
  });
  return {
    read: (text: string | undefined, tool?: boolean) => host.read(value, readings(text, tool), place),
    change: (text: string) => change(value, readings(text), place),
  };
}

describe('interrupts of a card', () => {
  const { read, change } = open('host.nic.irq-affinity', '0');

  it('move with the next that comes: what the kernel has accepted counts', () => {
    expect(read('new 7\n33 0 2\n34 0 0\n')).toEqual({
      found: '0, from 2 with the next that comes (33); 0 (34)',
      inForce: true,
    });
    expect(read('new 7\n33 0 0\n34 0-2 0\n')).toEqual({ found: '0 (33); 0-2 (34)', inForce: false });
  });

  it('of one that was never up are asked for by bringing it up for a moment', () => {
    const text = 'new 7\n33\n34\n';
    expect(read(text)).toEqual({ found: 'never up since the boot', inForce: false });
    const { apply, restore } = change(text);
    expect(apply).toMatchObject([
      { program: 'ip', args: ['link', 'set', 'dev', 'enp1s0', 'up'] },
      { program: 'sh', args: ['-c', expect.stringContaining('smp_affinity_list'), 'enp1s0', '0'] },
      { program: 'ip', args: ['link', 'set', 'dev', 'enp1s0', 'down'] },
    ]);
    // Afterwards they go where new ones go, and the link is left alone: somebody may use it by then.
    expect(restore).toMatchObject([{ program: 'sh', args: ['-c', expect.any(String), 'enp1s0', '0-2'] }]);
  });

  it('are none where the interface has no device', () => {
    expect(read('new 7\n')).toEqual({ found: 'the interface enp1s0 has no interrupts of its own', inForce: null });
  });
});

describe('what ethtool says', () => {
  const coalescing = 'Adaptive RX: n/a  TX: n/a\nrx-usecs:\t3\nrx-frames:\tn/a\n';

  it.each([
    ['host.nic.coalesce.rx-usecs', 3, coalescing, '3', true],
    ['host.nic.coalesce.rx-frames', 3, coalescing, 'the interface enp1s0 has no such interrupt coalescing', null],
    ['host.nic.coalesce.adaptive-rx', 'off', coalescing, 'the interface enp1s0 has no such interrupt coalescing', null],
    ['host.nic.coalesce.adaptive-tx', 'on', 'Adaptive RX: off  TX: on\n', 'on', true],
    ['host.nic.offload.large-receive', 'off', 'large-receive-offload: off [fixed]\n', 'off, fixed', true],
    ['host.nic.offload.large-receive', 'on', 'large-receive-offload: off [fixed]\n', 'off, fixed', false],
    [
      'host.nic.channels',
      2,
      'nothing that it knows',
      'the interface enp1s0 has no number of queues that could be set',
      null,
    ],
  ])('%s %s of %j is %s', (name, value, text, found, inForce) => {
    expect(open(name, value).read(text)).toEqual({ found, inForce });
  });

  it('is no excuse where there is no ethtool: silence is a mismatch then', () => {
    const reading = open('host.nic.ring.rx', 1024).read(undefined, false);
    expect(reading).toEqual({
      found: '`ethtool -i enp1s0` fails: no such interface, or no ethtool',
      inForce: false,
    });
  });

  it('of an offload that cannot be changed nothing is asked, and one asked for in vain comes back to that', () => {
    expect(open('host.nic.offload.large-receive', 'on').change('large-receive-offload: off [fixed]\n')).toEqual({
      ...{ apply: [], restore: [] },
    });
    const text = '\ttx-tcp-segmentation: off [requested on]\n';
    expect(open('host.nic.offload.tcp-segmentation', 'on').change(text)).toMatchObject({
      apply: [{ args: ['-K', 'enp1s0', 'tso', 'on'] }],
      restore: [{ args: ['-K', 'enp1s0', 'tso', 'on'] }],
    });
  });

  it('of queues for receiving and for sending sets each kind', () => {
    const text =
      'Pre-set maximums:\nRX:\t\t2\nTX:\t\t2\nCombined:\tn/a\nCurrent hardware settings:\nRX:\t\t1\nTX:\t\t2\nCombined:\tn/a\n';
    const { read, change } = open('host.nic.channels', 2);
    expect(read(text)).toEqual({ found: '1 (rx); 2 (tx)', inForce: false });
    expect(change(text)).toMatchObject({ apply: [{ args: ['-L', 'enp1s0', 'rx', '2'] }] });
  });
});
