import type { ParameterCommand } from './parameter-command.ts';

/** The only constant part of a configuration that every kernel has, so an answer without it is none. */
const always = 'HZ';

/**
 * Prints the lines of a kernel's configuration for these symbols. `/proc/config.gz` is the running kernel's own; the
 * kernels of Debian lack it, and have a file by their release.
 */
export function buildConfigCommand(symbols: readonly string[]): ParameterCommand {
  const names = [...new Set([always, ...symbols])].join('|');
  const script = [
    '{ zcat /proc/config.gz || cat "/boot/config-$(uname -r)" || cat "/lib/modules/$(uname -r)/config"; } 2>/dev/null',
    `grep -E "^(# )?CONFIG_(${names})[ =]"`,
  ].join(' | ');
  return { program: 'sh', args: ['-c', script] };
}

/** Values by symbol: `y`, `m`, a number; `n` for `# CONFIG_NO_HZ is not set`. null where there is no configuration. */
export function parseConfig(text: string | undefined): ReadonlyMap<string, string> | null {
  const values = new Map<string, string>();
  for (const line of (text ?? '').split('\n')) {
    const [, off, on, value] = /^(?:# CONFIG_(\w+) is not set|CONFIG_(\w+)=(.*))$/.exec(line) ?? [];
    if (off !== undefined) values.set(off, 'n');
    if (on !== undefined && value !== undefined) values.set(on, value);
  }
  return values.has(always) ? values : null;
}
