import { describe, expect, it } from 'vitest';
import { describeNetfilter } from '../../src/comparison/describe-netfilter.ts';
import type { Facts } from '../../src/results/journal.schema.ts';
import type { GuestKind } from '../../src/vocabulary.ts';
import { buildRun, type RunShape, usualShape } from './build-run.ts';

const plain = { 'netfilter.bridge': '1', 'netfilter.forward': 'policy ACCEPT, 0 rules' };
const filtered = { 'netfilter.bridge': '1', 'netfilter.forward': 'policy DROP, 10 rules (1a2b3c4d)' };

function warn(facts: (guest: GuestKind) => Facts, attachments: RunShape['plan']['attachments'] = ['bridge']) {
  const shape: Partial<RunShape> = {
    plan: { guests: ['docker', 'qemu'], attachments: attachments ?? [] },
    facts: (side, guest) => ({ ...usualShape.facts(side, guest), host: facts(guest) }),
  };
  return describeNetfilter(buildRun(shape));
}

describe('describeNetfilter', () => {
  it('says when the guest kinds crossed different rules, and which', () => {
    expect(warn((guest) => (guest === 'docker' ? filtered : plain))).toEqual([
      'Guest kinds on the bridge did not cross the same packet filter (docker policy DROP, 10 rules (1a2b3c4d); qemu policy ACCEPT, 0 rules), so what they differ in is not only the kind.',
    ]);
  });

  it('is silent when they crossed the same, or nothing was noted of either', () => {
    expect(warn(() => filtered)).toEqual([]);
    expect(warn(() => ({}))).toEqual([]);
  });

  it('counts rules as none where bridged frames do not get to them', () => {
    expect(warn((guest) => ({ ...(guest === 'docker' ? filtered : plain), 'netfilter.bridge': '0' }))).toEqual([]);
    expect(warn((guest) => ({ ...filtered, 'netfilter.bridge': guest === 'docker' ? '1' : '0' }))).toEqual([
      expect.stringContaining('(docker policy DROP, 10 rules (1a2b3c4d); qemu no rules)'),
    ]);
  });

  it('is silent over physical, where no frame is bridged', () => {
    expect(warn((guest) => (guest === 'docker' ? filtered : plain), ['physical'])).toEqual([]);
  });
});
