import { describe, expect, it } from 'vitest';
import { buildEntry } from '../../cli/enter-user-namespace.ts';
import { addUserAttachment } from '../../cli/order-measurement.ts';
import type { Unsupported } from '../../src/plans/plan.schema.ts';
import { createPlan } from '../plans/create-plan.ts';

const lacking = (...attachments: Unsupported['attachment'][]): Unsupported[] =>
  attachments.map((attachment) => ({ guest: 'qemu', attachment, test: null, reason: 'closed' }));

describe('addUserAttachment', () => {
  const plan = createPlan({ guests: ['qemu', 'bare'], attachments: ['bridge', 'physical'] });

  it('stands in where no attachment of the plan brings virtual machines to the wire', () => {
    const { attachments } = addUserAttachment(plan, lacking('bridge', 'physical'));
    expect(attachments).toEqual(['bridge', 'physical', 'user']);
  });

  it('stays away where one does, where it cannot itself, and where the plan has no virtual machine', () => {
    expect(addUserAttachment(plan, lacking('physical'))).toBe(plan);
    expect(addUserAttachment(plan, lacking('bridge', 'physical', 'user'))).toBe(plan);
    const bare = createPlan({ guests: ['bare'] });
    expect(addUserAttachment(bare, lacking('bridge', 'physical'))).toBe(bare);
  });

  it('is not kept away by a test that cannot run on it', () => {
    const ping: Unsupported = { guest: 'qemu', attachment: 'user', test: 'ping', reason: 'no port' };
    expect(addUserAttachment(plan, [...lacking('bridge', 'physical'), ping]).attachments).toContain('user');
  });
});

describe('entering the user namespace', () => {
  it('hands lock and program over as arguments, never as text of a script', () => {
    const { program, args } = buildEntry('/home/a b/lock', {
      program: '/bin/node',
      args: ['main.ts', '--out', "it's"],
    });
    expect(program).toBe('sh');
    expect(args[2]).toBe('/home/a b/lock');
    expect(args.slice(-4)).toEqual(['/bin/node', 'main.ts', '--out', "it's"]);
  });
});
