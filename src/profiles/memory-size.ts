import { ConfigurationError } from '../errors.ts';

/** Binary units only: `256MB` would be read as 256 or 244 MiB, depending on who reads it. Largest first. */
const bytesPerUnit = { GiB: 2 ** 30, MiB: 2 ** 20 } as const;

/** Bytes of a size such as `256MiB` or `1GiB`; throws `ConfigurationError` on anything else. */
export function parseMemorySize(text: string): number {
  const match = /^(\d{1,9}) ?(MiB|GiB)$/.exec(text);
  if (match === null) {
    throw new ConfigurationError('a whole number with the unit MiB or GiB is accepted, such as 256MiB');
  }
  return Number(match[1]) * (match[2] === 'GiB' ? bytesPerUnit.GiB : bytesPerUnit.MiB);
}

/** Bytes as a person writes them, in the largest unit that is exact: `1GiB`, `1536MiB`, else `4096 bytes`. */
export function formatMemorySize(bytes: number): string {
  for (const [unit, size] of Object.entries(bytesPerUnit)) {
    if (bytes >= size && bytes % size === 0) return `${bytes / size}${unit}`;
  }
  return `${bytes} bytes`;
}
