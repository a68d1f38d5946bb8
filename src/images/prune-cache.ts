import type { Machine } from '../machines/machine.ts';

/** As many of a kind stay as somebody may want again: four kernels of Debian and some of one's own. */
const kept = 8;

/** What is made anew under another name when its content changes, by folder below the cache and begin of the name. */
const kinds = [
  { folder: 'kernels', pattern: 'linux-image-*' },
  { folder: 'kernels', pattern: 'own-*' },
  { folder: 'images', pattern: 'initramfs-*' },
  { folder: 'images', pattern: 'guest-*' },
] as const;

const markAsUsed = 'for path; do touch -c -- "$path" || exit; done';

/** Newest first; what was used last is the newest, since use marks it. Then names that lead to nothing any more. */
const removeOldest = [
  'cd "$0" 2>/dev/null || exit 0',
  'find . -maxdepth 1 -name "$1" -printf "%T@ %f\\n" | sort -rn | tail -n "+$2" | cut -d " " -f 2- | xargs -r -d "\\n" rm -rf --',
  'find . -maxdepth 1 -xtype l -delete',
].join('\n');

/**
 * Keeps the newest kernels and archives of the cache and removes the others, so that updates of packages do not fill the
 * disk. What is in `used`, absolute paths, counts as the newest and stays, however much it is.
 */
export async function pruneCache(machine: Machine, cache: string, used: readonly string[]): Promise<void> {
  await machine.run({ program: 'sh', args: ['-c', markAsUsed, 'sh', ...used] }, { timeoutSeconds: 10 });
  for (const { folder, pattern } of kinds) {
    const prefix = `${cache}/${folder}/`;
    const count = used.filter((path) => path.startsWith(prefix)).length;
    const args = ['-c', removeOldest, `${cache}/${folder}`, pattern, String(Math.max(kept, count) + 1)];
    await machine.run({ program: 'sh', args }, { timeoutSeconds: 60 });
  }
}
