import { afterAll, beforeAll, expect, it } from 'vitest';
import { addNamespace, ip } from '../../src/machines/ip.ts';
import { createLocalMachine } from '../../src/machines/local.ts';
import { inNamespace } from '../../src/machines/machine.ts';
import { collectNetfilterFacts } from '../../src/networks/netfilter-facts.ts';
import { describeWith } from '../requirements.ts';

const machine = createLocalMachine();
const namespace = 'tgnetfilter';
const inside = (program: string, ...args: string[]) =>
  machine.run(inNamespace(namespace, { program, args }), { timeoutSeconds: 10 });
const collect = () => collectNetfilterFacts(machine, (command) => inNamespace(namespace, command));

describeWith(['root', 'namespaces', 'iptables'], 'the packet filter of a namespace', () => {
  beforeAll(async () => {
    await machine.run(addNamespace(namespace), { timeoutSeconds: 10 });
  });

  afterAll(async () => {
    await machine.run(ip('netns', 'del', namespace), { timeoutSeconds: 10 });
  });

  it('is told by what is in it, and again when that is changed', async () => {
    const before = await collect();
    expect(before['netfilter.forward']).toBe('policy ACCEPT, 0 rules');
    await inside('iptables', '--policy', 'FORWARD', 'DROP');
    await inside('iptables', '--append', 'FORWARD', '--in-interface', 'tgbr0', '--jump', 'ACCEPT');
    const after = await collect();
    expect(after['netfilter.forward']).toMatch(/^policy DROP, 1 rule \([0-9a-f]{8}\)$/);
    expect(after['netfilter.bridge']).toBe(before['netfilter.bridge']);
  });
});
