import type { Run } from '../results/journal.schema.ts';

/**
 * A sentence when guest kinds on one bridge did not cross the same packet filter: what the rules cost is then part of
 * the difference between the kinds. Attachments other than `bridge` pass none.
 */
export function describeNetfilter({ deployments }: Pick<Run, 'deployments'>): readonly string[] {
  const crossed = new Map<string, Set<string>>();
  for (const { guest, attachment, facts } of deployments) {
    if (attachment !== 'bridge' || facts === null) continue;
    const { 'netfilter.bridge': bridge = null, 'netfilter.forward': forward = null } = facts.host;
    // Without this switch no frame of a bridge gets to the rules, whatever they are.
    const rules = bridge === '1' ? `${forward ?? 'unknown rules'}` : 'no rules';
    crossed.set(guest, (crossed.get(guest) ?? new Set()).add(rules));
  }
  const kinds = [...crossed].map(([guest, rules]) => ({ guest, rules: [...rules].sort().join(' or ') }));
  if (new Set(kinds.map(({ rules }) => rules)).size < 2) return [];
  const list = kinds.map(({ guest, rules }) => `${guest} ${rules}`).join('; ');
  return [
    `Guest kinds on the bridge did not cross the same packet filter (${list}), so what they differ in is not only the kind.`,
  ];
}
