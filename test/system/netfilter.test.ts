import { readlink } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { enterProcess } from '../../src/guests/docker-readings.ts';
import { createLocalMachine } from '../../src/machines/local.ts';
import type { BackgroundProcess } from '../../src/machines/machine.ts';
import { collectNetfilterFacts } from '../../src/networks/netfilter-facts.ts';
import { describeWith } from '../requirements.ts';

const machine = createLocalMachine();

describeWith(['root', 'namespaces', 'iptables'], 'the packet filter of a namespace', () => {
  let holder: BackgroundProcess;

  beforeAll(async () => {
    // Held by a process, not by a name, so that /run/netns stays as it is.
    holder = await machine.start({ program: 'unshare', args: ['--net', 'sleep', '60'] }, { logFile: '/dev/null' });
    const ours = await readlink('/proc/self/ns/net');
    await vi.waitUntil(async () => (await readlink(`/proc/${holder.pid}/ns/net`)) !== ours);
  });

  afterAll(() => holder.stop(0));

  it('is told by what is in it, and again when that is changed', async () => {
    const enter = enterProcess(holder.pid);
    const iptables = (...args: string[]) => machine.run(enter({ program: 'iptables', args }), { timeoutSeconds: 10 });
    const before = await collectNetfilterFacts(machine, enter);
    expect(before['netfilter.forward']).toBe('policy ACCEPT, 0 rules');
    await iptables('--policy', 'FORWARD', 'DROP');
    await iptables('--append', 'FORWARD', '--in-interface', 'tgbr0', '--jump', 'ACCEPT');
    const after = await collectNetfilterFacts(machine, enter);
    expect(after['netfilter.forward']).toMatch(/^policy DROP, 1 rule \([0-9a-f]{8}\)$/);
    expect(after['netfilter.bridge']).toBe(before['netfilter.bridge']);
  });
});
