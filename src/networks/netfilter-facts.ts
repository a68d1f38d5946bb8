import { createHash } from 'node:crypto';
import type { Command, Machine } from '../machines/machine.ts';
import type { Facts } from '../results/journal.schema.ts';

/**
 * Which rules a bridged frame crosses in a namespace: `netfilter.bridge`, whether it passes those of the IP layer at all
 * (1 in every new namespace where br_netfilter is there), and `netfilter.forward`, what they are. Where Docker writes
 * its rules, its policy DROP for FORWARD takes every frame between two ports of another bridge, so kinds of guests that
 * are compared must have crossed the same. null where the kernel has no such file, or the machine no iptables.
 */
export async function collectNetfilterFacts(machine: Machine, enter: (command: Command) => Command): Promise<Facts> {
  const read = async (program: string, ...args: string[]) => {
    const command = enter({ program, args });
    const { exitCode, stdout } = await machine.run(command, { timeoutSeconds: 10, allowFailure: true });
    return exitCode === 0 ? stdout : null;
  };
  const [bridge, rules] = await Promise.all([
    read('cat', '/proc/sys/net/bridge/bridge-nf-call-iptables'),
    read('iptables', '--list-rules'),
  ]);
  return {
    'netfilter.bridge': bridge?.trim() ?? null,
    'netfilter.forward': rules === null ? null : describeForwarding(rules),
  };
}

/**
 * `policy ACCEPT, 0 rules`, from lines such as `-P FORWARD DROP` and `-A FORWARD -j DOCKER-USER`; where there are rules,
 * with the begin of their SHA-256. Rules of all chains count, since one leads to the other, but for those of INPUT and
 * OUTPUT, which see no frame that is only forwarded.
 */
export function describeForwarding(listing: string): string {
  const lines = listing.split('\n').map((line) => line.trim());
  const policy = lines.find((line) => line.startsWith('-P FORWARD '))?.slice('-P FORWARD '.length) ?? 'unknown';
  const rules = lines.filter((line) => line.startsWith('-A ') && !/^-A (INPUT|OUTPUT) /.test(line));
  const sum = createHash('sha256').update(rules.join('\n')).digest('hex').slice(0, 8);
  const count = `${rules.length} ${rules.length === 1 ? 'rule' : 'rules'}`;
  return `policy ${policy}, ${count}${rules.length === 0 ? '' : ` (${sum})`}`;
}
