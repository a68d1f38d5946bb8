import type { Unsupported } from '../plans/plan.schema.ts';
import { type Attachment, attachments, type GuestKind, guestKinds, type TestName, testNames } from '../vocabulary.ts';
import type { Capability } from './judge-capabilities.ts';

/**
 * Every combination of guest and attachment, and every test of the rest, that the machine cannot do, with why and how
 * to get it. `resolvePlan` drops what a plan does not ask for.
 */
export function listUnsupported(capabilities: readonly Capability[]): readonly Unsupported[] {
  const combinations = guestKinds.flatMap((guest) => attachments.map((attachment) => ({ guest, attachment })));
  return combinations.flatMap(({ guest, attachment }): Unsupported[] => {
    const reason = explain(capabilities, 'guest', guest) ?? explain(capabilities, 'attachment', attachment);
    if (reason !== null) return [{ guest, attachment, test: null, reason }];
    return testNames.flatMap((test) => {
      const obstacle = explain(capabilities, 'test', test);
      return obstacle === null ? [] : [{ guest, attachment, test, reason: obstacle }];
    });
  });
}

/** null when the machine can do it. */
function explain(
  capabilities: readonly Capability[],
  kind: Capability['kind'],
  name: GuestKind | Attachment | TestName,
): string | null {
  const capability = capabilities.find((entry) => entry.kind === kind && entry.name === name);
  if (capability === undefined) return `this version of Tunegate has no ${kind} ${name}`;
  if (capability.available) return null;
  return `${capability.reason}; to get it: ${capability.remedy}`;
}
