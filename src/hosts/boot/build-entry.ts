import { ConfigurationError } from '../../errors.ts';
import type { GrubEntry } from './grub-menu.ts';
import { type GrubWord, keyOf, splitGrubLine } from './grub-words.ts';

/** What the line of a boot that Tunegate asked for carries, to be known by; never the proof of a parameter. */
export const markerKey = 'tunegate.boot';

/** Seconds after which a kernel that has panicked boots again, by itself into the default entry. */
const panicSeconds = 10;

/** PID 1 that is stuck for so long is ended by the hardware watchdog, where there is one (systemd 251 and newer). */
const watchdogSeconds = 120;

export interface EntryRequest {
  /** The default entry: how it finds its disk is repeated, and its words are the base. */
  readonly base: GrubEntry;
  /** Release of the kernel; null: the base's. */
  readonly release: string | null;
  readonly words: readonly string[];
  /** Keys of base words that make room for ours. */
  readonly replacedKeys: readonly string[];
  readonly marker: string;
  readonly hasWatchdog: boolean;
}

/** The lines of an entry that boot a Linux. */
export interface LinuxEntry {
  readonly command: GrubWord;
  readonly kernel: GrubWord;
  readonly words: readonly GrubWord[];
  readonly initrd: readonly GrubWord[];
  /** From the name `vmlinuz-RELEASE`; null where it has another. */
  readonly release: string | null;
}

/** null for an entry that boots something else, such as the firmware's setup. */
export function readLinuxEntry(entry: GrubEntry): LinuxEntry | null {
  const lines = entry.body.map((line) => splitGrubLine(line));
  const [command, kernel, ...words] = lines.find(([first]) => isLinux(first)) ?? [];
  if (command === undefined || kernel === undefined) return null;
  const initrd = lines.find(([first]) => isInitrd(first))?.slice(1) ?? [];
  return { command, kernel, words, initrd, release: /\/vmlinuz-([^/]+)$/.exec(kernel.value)?.[1] ?? null };
}

const isLinux = (word: GrubWord | undefined) => /^linux(?:16|efi)?$/.test(word?.raw ?? '');
const isInitrd = (word: GrubWord | undefined) => /^initrd(?:16|efi)?$/.test(word?.raw ?? '');

/** An entry that boots once what is asked for. Throws `ConfigurationError` where a word would break out of its line. */
export function buildBootEntry(request: EntryRequest): string {
  const base = readLinuxEntry(request.base);
  if (base === null) {
    throw new ConfigurationError(`the default entry "${request.base.title}" boots no Linux, one that does is accepted`);
  }
  const own = [...request.words, ...listSafetyWords(request)];
  for (const word of own) requireLoaderWord(word);
  const replaced = new Set([...request.replacedKeys, ...own].map(keyOf));
  const kept = base.words.filter(({ value }) => !replaced.has(keyOf(value))).map(({ raw }) => raw);
  const { kernel, initrd } = choosePaths(base, request.release);
  return [
    `menuentry 'Tunegate ${request.marker}' --id '${entryId(request.marker)}' {`,
    ...request.base.body.filter(preparesDisk).map((line) => `  ${line.trim()}`),
    `  ${base.command.raw} ${[kernel, ...kept, ...own].join(' ')}`,
    ...(initrd.length === 0 ? [] : [`  initrd ${initrd.join(' ')}`]),
    '}',
  ].join('\n');
}

/** By this `grub-reboot` knows the entry. */
export function entryId(marker: string): string {
  return `tunegate-${marker}`;
}

function listSafetyWords({ marker, hasWatchdog }: EntryRequest): readonly string[] {
  const watchdog = hasWatchdog ? [`systemd.watchdog_sec=${watchdogSeconds}`] : [];
  return [`panic=${panicSeconds}`, ...watchdog, `${markerKey}=${marker}`];
}

/** What a default entry does to remember itself (`savedefault`, `recordfail`) must not happen for this one. */
function preparesDisk(line: string): boolean {
  const [first] = splitGrubLine(line);
  if (first === undefined || isLinux(first) || isInitrd(first)) return false;
  return !['savedefault', 'recordfail', 'echo', 'save_env'].includes(first.raw) && !first.raw.startsWith('#');
}

/** Kernel and initial RAM disk lie beside those of the base, whatever the path is where GRUB sees it. */
function choosePaths(base: LinuxEntry, release: string | null) {
  const unchanged = { kernel: base.kernel.raw, initrd: base.initrd.map(({ raw }) => raw) };
  if (release === null || release === base.release) return unchanged;
  requireLoaderWord(release);
  const folder = base.kernel.raw.replace(/[^/]*$/, '');
  const initrd = base.initrd.map(({ raw }) =>
    base.release !== null && raw.includes(base.release) ? raw.replaceAll(base.release, release) : raw,
  );
  const known = initrd.some((path) => path.includes(release));
  return { kernel: `${folder}vmlinuz-${release}`, initrd: known ? initrd : [`${folder}initrd.img-${release}`] };
}

/** GRUB takes blanks, quotes, `$`, braces, `;`, `&`, `|`, `<`, `>`, `#`, `\` and `*` for itself. */
function requireLoaderWord(word: string): void {
  if (/^[A-Za-z0-9_.,:=+/@~-]+$/.test(word)) return;
  throw new ConfigurationError(
    `${JSON.stringify(word.slice(0, 60))} cannot stand in a boot entry, accepted are letters, digits and _.,:=+/@~-`,
  );
}
