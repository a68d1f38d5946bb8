import { describe, expect, it } from 'vitest';
import { parseGuestWords } from '../../src/images/initramfs-init.ts';

describe('parseGuestWords', () => {
  it('reads what the guest told, with the line ends of a serial console', () => {
    const console = [
      '[    0.512345] some message of the kernel',
      'tunegate-mtu 1500',
      'tunegate-offload Features for eth0:',
      'tunegate-offload tcp-segmentation-offload: on',
      'tunegate-offload large-receive-offload: off [fixed]',
      'tunegate-fact kernel.release 6.1.0-56-cloud-amd64',
      'tunegate-fact kernel.version #1 SMP PREEMPT_DYNAMIC Debian 6.1.192-2 (2026-11-16)',
      'tunegate-fact cpu.isolated ',
      'tunegate-booted',
      '',
    ].join('\r\n');
    expect(parseGuestWords(console)).toEqual({
      facts: {
        'kernel.release': '6.1.0-56-cloud-amd64',
        'kernel.version': '#1 SMP PREEMPT_DYNAMIC Debian 6.1.192-2 (2026-11-16)',
        'cpu.isolated': null,
      },
      mtu: 1500,
      offloads: 'Features for eth0:\ntcp-segmentation-offload: on\nlarge-receive-offload: off [fixed]',
    });
  });

  it('believes the last of two boots into one log, and nothing in the middle of a line', () => {
    const console = 'tunegate-fact a 1\ntunegate-fact a 2\necho tunegate-fact b 3\n';
    expect(parseGuestWords(console)).toEqual({ facts: { a: '2' }, mtu: null, offloads: '' });
  });
});
