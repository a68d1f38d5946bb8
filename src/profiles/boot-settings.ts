import { ConfigurationError } from '../errors.ts';
import { type Catalogue, catalogue } from './catalogue.ts';
import type { HostBootSettings } from './host-part.ts';
import { listSettingsByName, type Parameters } from './list-settings.ts';
import { formatMemorySize } from './memory-size.ts';

/** What one side asks of the boot of a host. */
export interface HostBoot {
  /** Name of the kernel, see `findHostKernel`; null: that of the default entry. */
  readonly kernel: string | null;
  /** Words of the kernel's command line, in their order. */
  readonly words: readonly string[];
}

/** Of 2 MiB where nothing is said: every x86-64 has them. */
const usualPageBytes = 2 ** 21;
const pageWords: Readonly<Record<number, string>> = { [usualPageBytes]: '2M', [2 ** 30]: '1G' };

/**
 * No word of these can come out of a profile, whatever the catalogue says: they name what is run and from where, or are
 * the boot's own.
 */
const forbidden =
  /^(?:init|rdinit|root|rootflags|rootfstype|initrd|panic|tunegate\.|systemd\.|module_blacklist|modprobe\.)/;

/** A boot loader takes every character of these for itself. */
const plainWord = /^[A-Za-z0-9_.,:=+/@~-]{1,512}$/;

/**
 * What the layer `host-boot` of a profile means for the next boot. Words come in the order of the parameters' names,
 * huge pages last, size before number. Throws `ConfigurationError` where the parts do not fit together.
 */
export function buildHostBoot(parameters: Parameters, known: Catalogue = catalogue): HostBoot {
  const parts = listSettingsByName(parameters, ['host-boot'], known).map(
    ({ parameter, value }) => parameter.host?.boot?.(value) ?? {},
  );
  const words = [...parts.flatMap((part) => part.words ?? []), ...buildHugePageWords(parts)];
  for (const word of words) requirePlainWord(word);
  return { kernel: parts.find(({ kernel }) => kernel !== undefined)?.kernel ?? null, words };
}

/** Every word by which some parameter of this layer may be set already, so that it makes room. */
export function listBootKeys(known: Catalogue = catalogue): readonly string[] {
  return [...new Set([...known.values()].flatMap(({ host }) => host?.bootKeys ?? []))].sort();
}

function buildHugePageWords(parts: readonly HostBootSettings[]): readonly string[] {
  const size = parts.find(({ hugePageBytes }) => hugePageBytes !== undefined)?.hugePageBytes;
  const memory = parts.find(({ hugeMemoryBytes }) => hugeMemoryBytes !== undefined)?.hugeMemoryBytes;
  if (memory === undefined) {
    if (size === undefined) return [];
    throw new ConfigurationError(
      `host-boot.hugepages.page-size is ${formatMemorySize(size)}, but host-boot.hugepages.memory is missing, which says how many`,
    );
  }
  const pageBytes = size ?? usualPageBytes;
  if (memory % pageBytes !== 0) {
    throw new ConfigurationError(
      `host-boot.hugepages.memory is ${formatMemorySize(memory)}, a multiple of the page of ${formatMemorySize(pageBytes)} is accepted`,
    );
  }
  return [`hugepagesz=${pageWords[pageBytes] ?? pageBytes}`, `hugepages=${memory / pageBytes}`];
}

/** Throws `ConfigurationError` on a word that a boot loader or the kernel would take for something else. */
export function requirePlainWord(word: string): void {
  if (plainWord.test(word) && !forbidden.test(word)) return;
  const shown = JSON.stringify(word.slice(0, 60));
  throw new ConfigurationError(
    `${shown} is no boot parameter that a profile can set, accepted are letters, digits and _.,:=+/@~- in one word that names no program, root file system or unit`,
  );
}
