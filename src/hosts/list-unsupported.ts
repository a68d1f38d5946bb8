import type { Unsupported } from '../plans/plan.schema.ts';
import { type Attachment, attachments, type GuestKind, guestKinds, type TestName, testNames } from '../vocabulary.ts';
import type { Capability } from './judge-capabilities.ts';

/**
 * Every combination of guest and attachment, and every test of the rest, that the machine cannot do, with why and how
 * to get it. `resolvePlan` drops what a plan does not ask for.
 */
export function listUnsupported(capabilities: readonly Capability[]): readonly Unsupported[] {
  return listCombinations().flatMap(({ guest, attachment }): Unsupported[] => {
    const reason = explainCombination(capabilities, guest, attachment);
    if (reason !== null) return [{ guest, attachment, test: null, reason }];
    return testNames.flatMap((test) => {
      const obstacle = explainTest(capabilities, attachment, test);
      return obstacle === null ? [] : [{ guest, attachment, test, reason: obstacle }];
    });
  });
}

/** Whether there is anything at all that can be measured. */
export function canMeasure(capabilities: readonly Capability[]): boolean {
  return listCombinations().some(
    ({ guest, attachment }) =>
      explainCombination(capabilities, guest, attachment) === null &&
      testNames.some((test) => explainTest(capabilities, attachment, test) === null),
  );
}

function listCombinations() {
  return guestKinds.flatMap((guest) => attachments.map((attachment) => ({ guest, attachment })));
}

/** null when the machine can do it. A virtual machine that is kept from the wire is told of the way that needs none. */
function explainCombination(
  capabilities: readonly Capability[],
  guest: GuestKind,
  attachment: Attachment,
): string | null {
  if (attachment === 'user' && guest !== 'qemu') {
    return `attachment user is the network that QEMU itself has: only guest qemu can be on it, not ${guest}`;
  }
  // What does not exist at all lacks nothing of the machine.
  if (!capabilities.some(({ kind, name }) => kind === 'attachment' && name === attachment)) {
    return explain(capabilities, 'attachment', attachment);
  }
  const reason =
    explain(capabilities, 'guest', guest) ??
    explain(capabilities, 'attachment', attachment) ??
    explainExtra(capabilities, `${guest}/${attachment}`);
  if (reason === null || guest !== 'qemu' || attachment === 'user') return reason;
  const elsewhere = explainCombination(capabilities, guest, 'user') === null;
  return elsewhere ? `${reason}; guest qemu over attachment user can be measured here` : reason;
}

function explainTest(capabilities: readonly Capability[], attachment: Attachment, test: TestName): string | null {
  if (attachment === 'user' && test === 'ping') {
    return 'attachment user forwards single ports to the guest, and an echo request has none';
  }
  return explain(capabilities, 'test', test);
}

/** null when the machine can do it. */
function explain(
  capabilities: readonly Capability[],
  kind: Capability['kind'],
  name: GuestKind | Attachment | TestName,
): string | null {
  const capability = capabilities.find((entry) => entry.kind === kind && entry.name === name);
  if (capability === undefined) return `this version of Tunegate has no ${kind} ${name}`;
  return explainCapability(capability);
}

/** Most combinations need nothing beyond guest and attachment. */
function explainExtra(capabilities: readonly Capability[], name: string): string | null {
  const capability = capabilities.find((entry) => entry.kind === 'combination' && entry.name === name);
  return capability === undefined ? null : explainCapability(capability);
}

function explainCapability({ available, reason, remedy }: Capability): string | null {
  return available ? null : `${reason}; to get it: ${remedy}`;
}
