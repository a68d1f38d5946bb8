import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../src/errors.ts';
import type { ResolvedPlan } from '../../src/plans/plan.schema.ts';
import { refuseAttachments } from '../../src/plans/refuse-attachments.ts';
import type { ParameterValue } from '../../src/profiles/profile.schema.ts';
import { createPlan } from './create-plan.ts';

const refuse = (parameters: Record<string, ParameterValue>, plan: Partial<ResolvedPlan>) => () =>
  refuseAttachments(createPlan({ guests: ['qemu'], ...plan }), { name: 'mine', parameters });

describe('refuseAttachments', () => {
  it.each<[Record<string, ParameterValue>, Partial<ResolvedPlan>, string]>([
    [
      { 'guest.qemu.net.queues': 2 },
      { attachments: ['bridge', 'physical'] },
      'profile mine: guest.qemu.net.queues is 2, but by physical a guest has one pair of queues, accepted is a plan whose virtual machines are attached by bridge',
    ],
    [{ 'guest.qemu.net.queues': 4 }, { attachments: ['user'] }, 'by user a guest has one pair of queues'],
    [
      { 'guest.qemu.tap.txqueuelen': 2000 },
      { attachments: ['user'] },
      'guest.qemu.tap.txqueuelen is 2000, but by user there is no tap',
    ],
    [{ 'guest.qemu.net.vhost': true }, { attachments: ['user'] }, 'by user QEMU moves all packets itself'],
  ])('says before anything is started that %j cannot be measured with %j', (parameters, plan, sentence) => {
    expect(refuse(parameters, plan)).toThrow(ConfigurationError);
    expect(refuse(parameters, plan)).toThrow(sentence);
  });

  it.each<[string, Record<string, ParameterValue>, Partial<ResolvedPlan>]>([
    ['many queues on the bridge', { 'guest.qemu.net.queues': 2 }, { attachments: ['bridge'] }],
    ['one queue anywhere', { 'guest.qemu.net.queues': 1 }, { attachments: ['physical', 'user'] }],
    ['a tap of a macvtap', { 'guest.qemu.tap.txqueuelen': 2000 }, { attachments: ['physical'] }],
    ['no virtual machine', { 'guest.qemu.net.queues': 2 }, { guests: ['docker'], attachments: ['physical'] }],
    ['a layer that is not applied', { 'guest.qemu.net.queues': 2 }, { layers: ['host'], attachments: ['physical'] }],
    [
      'what the machine leaves out anyway',
      { 'guest.qemu.net.queues': 2 },
      {
        attachments: ['bridge', 'physical'],
        unsupported: [{ guest: 'qemu', attachment: 'physical', test: null, reason: 'no macvtap' }],
      },
    ],
  ])('lets %s pass', (_, parameters, plan) => {
    expect(refuse(parameters, plan)).not.toThrow();
  });
});
