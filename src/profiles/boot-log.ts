import type { ParameterCommand } from './parameter-command.ts';
import type { Reading } from './reading.ts';

/** What a kernel said while it booted, as `dmesg` prints it. */
export interface BootLog {
  /** First match of a line's text; null when no line has it. */
  find(pattern: RegExp): string | null;
  /** Parameters that the kernel did not take, `isolcpus=1-9`, whatever the reason. */
  readonly unknown: readonly string[];
  /** Whether the beginning is there: what a shortened log does not say, the kernel may have said all the same. */
  readonly complete: boolean;
}

/**
 * Reads lines such as `[    0.117388] Dynamic Preempt: voluntary`. A parameter with a typo and one with an impossible
 * value end alike: `Unknown kernel command line parameters "isolcpus=1-9 preempt=lazy", will be passed to user space.`
 */
export function readBootLog(text: string): BootLog {
  const find = (pattern: RegExp) => pattern.exec(text)?.[1]?.trim() ?? null;
  const unknown = find(
    /^\[ *[\d.]+\] (?:\S+ kernel: )?Unknown kernel command line parameters "([^\n]*)", will be passed/m,
  );
  return {
    find,
    unknown: unknown?.split(' ') ?? [],
    complete: /^\[ +0\.0+\] (?:\S+ kernel: )?Linux version /m.test(text),
  };
}

/** The kernel's own buffer forgets its oldest lines; the journal, in `[    0.000000] HOST kernel: TEXT`, keeps them. */
const script = [
  'log=$(dmesg)',
  'case $log in *"] Linux version "*) ;;',
  '*) log=$(journalctl -k -b -q --no-pager -o short-monotonic 2>/dev/null || printf "%s" "$log");; esac',
  'printf "%s\\n" "$log"',
].join('\n');

/** Prints the log of the running boot, from its beginning where that is still to be had; changes nothing. */
export const readKernelLog: ParameterCommand = { program: 'sh', args: ['-c', script] };

/** What a probe says of a boot parameter: what is in force against what was asked, and what the kernel did not take. */
export function judgeBoot({ unknown }: BootLog, found: string, expected: string): Reading {
  if (found === expected) return { found, inForce: true };
  const refused = unknown.length === 0 ? '' : `; the kernel did not take ${unknown.join(' ')}`;
  return { found: `${found}${refused}`, inForce: false };
}
