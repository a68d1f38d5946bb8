import { splitGrubLine } from './grub-words.ts';

/** An entry of GRUB's menu, or a submenu with entries of its own. */
export interface GrubEntry {
  readonly title: string;
  /** null: none is given, and GRUB takes the title. */
  readonly id: string | null;
  /** Lines between the braces; none of a submenu. */
  readonly body: readonly string[];
  /** null: it is no submenu. */
  readonly entries: readonly GrubEntry[] | null;
}

interface Open {
  readonly entry: { title: string; id: string | null; body: string[]; entries: GrubEntry[] | null } | null;
}

/**
 * The menu that a `grub.cfg` describes, in order. Reads
 *
 *     menuentry 'Debian GNU/Linux' --class debian $menuentry_id_option 'gnulinux-simple-1c2d' {
 *             linux   /boot/vmlinuz-6.1.0-56-amd64 root=UUID=1c2d ro quiet
 *     }
 *     submenu 'Advanced options for Debian GNU/Linux' --id advanced {
 *             menuentry ... { ... }
 *     }
 *
 * as `grub-mkconfig` and people write it: an opening brace ends its line, a closing one stands alone.
 */
export function parseGrubMenu(text: string): readonly GrubEntry[] {
  const top: GrubEntry[] = [];
  const open: Open[] = [];
  for (const line of text.split('\n')) {
    const trimmed = line.trim();
    if (trimmed.startsWith('#')) continue;
    if (trimmed === '}') {
      const closed = open.pop();
      if (closed?.entry) (innermost(open)?.entries ?? top).push(closed.entry);
    } else if (/\{$/.test(trimmed)) {
      open.push({ entry: parseHead(trimmed) });
    } else {
      innermost(open)?.body.push(line);
    }
  }
  return top;
}

function innermost(open: readonly Open[]) {
  return open.findLast(({ entry }) => entry !== null)?.entry ?? null;
}

function parseHead(line: string): Open['entry'] {
  const words = splitGrubLine(line).map(({ value }) => value);
  const [kind, title = ''] = words;
  if (kind !== 'menuentry' && kind !== 'submenu') return null;
  const place = words.findIndex((word) => word === '--id' || word === '$menuentry_id_option');
  const id = place === -1 ? words.find((word) => word.startsWith('--id='))?.slice('--id='.length) : words[place + 1];
  return { title, id: id ?? null, body: [], entries: kind === 'submenu' ? [] : null };
}

/**
 * The entry that GRUB boots by itself: `default`, an index, id or title, or several joined by `>` that lead through
 * submenus. null where it names none, or a submenu.
 */
export function findEntry(menu: readonly GrubEntry[], chosen: string): GrubEntry | null {
  const [first = '', ...rest] = chosen.split('>').map((part) => part.trim());
  const entry = /^\d+$/.test(first)
    ? menu[Number(first)]
    : menu.find(({ id, title }) => id === first || title === first);
  if (entry === undefined) return null;
  if (entry.entries === null) return rest.length === 0 ? entry : null;
  return findEntry(entry.entries, rest.length === 0 ? '0' : rest.join('>'));
}

/** Variables of the file `grubenv`: `saved_entry=lab-stock`, a line each, filled up with `#`. */
export function parseGrubEnvironment(text: string): ReadonlyMap<string, string> {
  const lines = text.split('\n').filter((line) => !line.startsWith('#') && line.includes('='));
  return new Map(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}

/** What `grub.cfg` chooses where no entry is asked for once: `0`, or what `grub-set-default` has saved. */
export function findDefaultChoice(grubConfig: string, environment: ReadonlyMap<string, string>): string {
  const settings = [...grubConfig.matchAll(/^\s*set default=["']?([^"'\n]*)["']?\s*$/gm)].map(
    ([, value]) => value ?? '',
  );
  const value = settings.findLast((setting) => !setting.includes('next_entry')) ?? '0';
  const chosen = value.includes('saved_entry') ? (environment.get('saved_entry') ?? '') : value;
  return chosen === '' ? '0' : chosen;
}
