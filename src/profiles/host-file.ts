import type { HostPart } from './host-part.ts';
import { buildHostPart, type HostItem, notHere } from './host-setting.ts';
import { formatParameterValue } from './parameter-value.ts';
import type { ParameterValue } from './profile.schema.ts';

/** A setting that is a file, or the same file in several folders: one for each CPU, node or policy. */
export interface HostFiles<Value extends ParameterValue> {
  /** Absolute path; `*` stands for any part of one name. */
  readonly path: string;
  /** Why a host may have no such file. */
  readonly missing: string;
  /** The setting in a file's content, in the words of a request; absent: the content. */
  readonly parse?: (text: string) => string;
  /** What to write for it; absent: the same. */
  readonly print?: (setting: string) => string;
  /** The setting that a value asks of the file with that name; absent: the value as tables show it, in all of them. */
  readonly wanted?: (value: Value, item: HostItem) => string;
  /** Which of the files the value concerns; absent: all. */
  readonly concerns?: (value: Value, name: string) => boolean;
}

/** How a setting that lives in files reaches a host. What is not there cannot be set: not applicable. */
export function buildFilePart<Value extends ParameterValue>(files: HostFiles<Value>): HostPart<Value> {
  const { path, missing, parse = (text) => text, print = (text) => text, wanted, concerns = () => true } = files;
  return buildHostPart<Value>({
    reads: () => ({ files: [path] }),
    find: (value, readings) => {
      const items = listFiles(path, readings.files)
        .filter(({ name }) => concerns(value, name))
        .map(({ name, text }) => ({ name, text: parse(text.trim()) }));
      return items.length === 0 ? notHere(missing) : items;
    },
    wanted: wanted ?? formatParameterValue,
    set: ({ name }, text) => [{ kind: 'write', path: fillPattern(path, name), text: print(text) }],
  });
}

/** The files that a pattern matches, named by the parts of the path that its stars are in: `cpu0/state2`; in their order. */
export function listFiles(
  pattern: string,
  files: Readonly<Record<string, string>>,
): readonly { readonly name: string; readonly text: string }[] {
  const parts = pattern.split('/');
  const expression = new RegExp(`^${parts.map(partExpression).join('/')}$`);
  return Object.entries(files)
    .filter(([path]) => expression.test(path))
    .map(([path, text]) => ({
      name: path
        .split('/')
        .filter((_, index) => hasStar(parts[index]))
        .join('/'),
      text,
    }))
    .sort((left, right) => left.name.localeCompare(right.name, 'en', { numeric: true }));
}

/** The other way round: `cpu0/state2` in the pattern of its path. */
export function fillPattern(pattern: string, name: string): string {
  const names = name.split('/');
  return pattern
    .split('/')
    .map((part) => (hasStar(part) ? names.shift() : part))
    .join('/');
}

function hasStar(part: string | undefined): boolean {
  return part?.includes('*') === true;
}

/** A star stands for a part of one name. */
function partExpression(part: string): string {
  return part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]+');
}

/** What is chosen in a file such as `always [madvise] never`; the whole text where nothing is in brackets. */
export function parseChoice(text: string): string {
  return /\[([^\]]+)\]/.exec(text)?.[1] ?? text;
}
