/** What a kernel said while it booted, as `dmesg` prints it. */
export interface BootLog {
  /** First match of a line's text; null when no line has it. */
  find(pattern: RegExp): string | null;
  /** Parameters that the kernel did not take, `isolcpus=1-9`, whatever the reason. */
  readonly unknown: readonly string[];
}

/**
 * Reads lines such as `[    0.117388] Dynamic Preempt: voluntary`. A parameter with a typo and one with an impossible
 * value end alike: `Unknown kernel command line parameters "isolcpus=1-9 preempt=lazy", will be passed to user space.`
 */
export function readBootLog(text: string): BootLog {
  const find = (pattern: RegExp) => pattern.exec(text)?.[1]?.trim() ?? null;
  const unknown = find(/^\[ *[\d.]+\] Unknown kernel command line parameters "([^\n]*)", will be passed/m);
  return { find, unknown: unknown?.split(' ') ?? [] };
}
