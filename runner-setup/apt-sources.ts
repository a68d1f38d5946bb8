/** How the entry of a distribution's own archive is told from a third party's for the same release. */
export interface Archive {
  /** Names of the release; the archive's updates and security suites have other names and are not meant. */
  readonly suites: readonly string[];
  readonly hosts: RegExp;
  /** Path of a mirror on another host. */
  readonly path: RegExp;
  readonly keyring: RegExp;
  /** Path of the file that a `mirror+file:` address of the cloud images names. */
  readonly mirrorList: RegExp;
}

export type SourceFormat = 'one-line' | 'deb822';

/** `present`: the archive's entry has the component; `absent`: the text has no entry of the archive. */
export type Addition =
  | { readonly kind: 'present' }
  | { readonly kind: 'absent' }
  | { readonly kind: 'added'; readonly text: string };

interface Entry {
  readonly uris: readonly string[];
  readonly suites: readonly string[];
  readonly components: readonly string[];
  readonly signedBy: string | null;
  /** Where a further component goes in the text. */
  readonly end: number;
}

/**
 * Adds a component to the archive's own entry in a file of apt's sources; everything else stays byte for byte. A second
 * entry for the same suite would not do: apt refuses two that differ in Signed-By.
 */
export function addComponent(text: string, format: SourceFormat, archive: Archive, component: string): Addition {
  const entries = (format === 'deb822' ? parseStanzas(text) : parseLines(text)).filter((entry) =>
    isArchive(entry, archive),
  );
  if (entries.some(({ components }) => components.includes(component))) return { kind: 'present' };
  const [entry] = entries;
  if (entry === undefined) return { kind: 'absent' };
  return { kind: 'added', text: `${text.slice(0, entry.end)} ${component}${text.slice(entry.end)}` };
}

function isArchive({ uris, suites, components, signedBy }: Entry, archive: Archive): boolean {
  if (!suites.some((suite) => archive.suites.includes(suite)) || !components.includes('main')) return false;
  if (signedBy !== null && archive.keyring.test(signedBy)) return true;
  return uris.some((uri) => {
    const parts = /^(?:(?:https?|ftp):\/\/([^/:]+)(?::\d+)?|mirror\+file:(?:\/\/)?)(\/.*)$/.exec(uri);
    const [, host, path = ''] = parts ?? [];
    if (host === undefined) return archive.mirrorList.test(path);
    // Anybody may call a folder of theirs like the archive's; with a key of their own it is theirs.
    return archive.hosts.test(host) || (signedBy === null && archive.path.test(path));
  });
}

/** Lines such as `deb [arch=amd64 signed-by=/k.gpg] http://mirror.debian.org/debian bookworm main contrib # ours`. */
function parseLines(text: string): Entry[] {
  const pattern = /^[ \t]*deb[ \t]+(?:\[([^\]\n]*)\][ \t]+)?(\S+)[ \t]+(\S+)((?:[ \t]+[^\s#]+)+)/gm;
  return [...text.matchAll(pattern)].map((match) => {
    const [whole, options = '', uri = '', suite = '', components = ''] = match;
    return {
      uris: [uri],
      suites: [suite],
      components: splitWords(components),
      signedBy: /(?:^|\s)signed-by=(\S+)/i.exec(options)?.[1] ?? null,
      end: match.index + whole.length,
    };
  });
}

/** Stanzas of `Field: value` lines, parted by empty lines; a line that starts with a blank continues a field. */
function parseStanzas(text: string): Entry[] {
  return [...text.matchAll(/(?:^[ \t]*\S.*(?:\n|$))+/gm)].flatMap((stanza) => {
    const fields = parseFields(stanza[0], stanza.index);
    const words = (name: string) => splitWords(fields.get(name)?.value ?? '');
    const components = fields.get('components');
    const disabled = /^(no|false|0|off|without|disable)$/i.test(words('enabled')[0] ?? 'yes');
    if (components === undefined || disabled || !words('types').includes('deb')) return [];
    return [
      {
        uris: words('uris'),
        suites: words('suites'),
        components: words('components'),
        signedBy: fields.has('signed-by') ? words('signed-by').join(' ') : null,
        end: components.end,
      },
    ];
  });
}

interface Field {
  readonly value: string;
  /** Behind the last word of the value, in the whole text. */
  readonly end: number;
}

function parseFields(stanza: string, start: number): Map<string, Field> {
  const fields = new Map<string, Field>();
  let name = '';
  for (const match of stanza.matchAll(/^(?!#)(?:([A-Za-z][\w-]*):)?(.*?)[ \t\r]*$/gm)) {
    const [line, newName, value = ''] = match;
    if (line.trim() === '') continue;
    if (newName !== undefined) name = newName.toLowerCase();
    const earlier = newName === undefined ? (fields.get(name)?.value ?? '') : '';
    fields.set(name, { value: `${earlier} ${value}`, end: start + match.index + line.trimEnd().length });
  }
  return fields;
}

function splitWords(text: string): string[] {
  return text.split(/\s+/).filter(Boolean);
}
