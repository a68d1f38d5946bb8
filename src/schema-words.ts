import * as z from 'zod';
import { suggestName } from './nearest-name.ts';
import { shortenText, showText } from './show-text.ts';

type JsonSchema = z.core.JSONSchema.BaseSchema;
type Path = readonly PropertyKey[];

/** So many unknown keys of one mapping are named, the others counted. */
const mostKeys = 5;

/**
 * What a schema accepts, in words: `a whole number from 1 to 100`, `docker, qemu or bare`.
 * `path` leads to a part of it.
 */
export function describeAccepted(schema: z.ZodType, path: Path = []): string {
  return describe(schemaAt(schema, path));
}

/** A value as a person finds it in the file, shortened: `"four"`, `4.5`, `[docker, docker]`, `nothing`. */
export function describeFound(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return shortenText(`[${value.map((item) => describeItem(item)).join(', ')}]`);
  if (typeof value === 'object') return 'a mapping';
  return describeItem(value, true);
}

/** `ping.count`, `guests[1]`, `parameters["guest.docker.cpus"]`; the empty path is the file itself. */
export function formatPath(path: Path): string {
  if (path.length === 0) return 'the file';
  return path
    .map((part, index) => {
      if (typeof part === 'number') return `[${part}]`;
      const name = String(part);
      if (!/^[A-Za-z_-]+$/.test(name)) return `["${showText(name)}"]`;
      return index === 0 ? name : `.${name}`;
    })
    .join('');
}

/** All findings of a schema in one line, as zod words them: for data that programs write, where no person has a file to mend. */
export function describeProblems(error: z.ZodError): string {
  return z.prettifyError(error).replace(/\s*\n\s*/g, ' ');
}

/** One sentence for one finding of a schema: which key, what was found, what is accepted. */
export function describeIssue(issue: z.core.$ZodIssue, schema: z.ZodType, data: unknown): string {
  const key = formatPath(issue.path);
  const part = schemaAt(schema, issue.path);
  if (issue.code === 'unrecognized_keys') return describeUnknownKeys(issue, part);
  const found = valueAt(data, issue.path);
  const accepted = describe(part);
  if (found === undefined) return `${key} is missing, it must be ${accepted}`;
  const reason = issue.code === 'custom' || issue.code === 'invalid_format' ? ` (${issue.message})` : '';
  const suggestion = typeof found === 'string' && part?.enum ? suggestName(found, part.enum.map(String)) : '';
  return `${key} must be ${accepted}, found ${describeFound(found)}${reason}${suggestion}`;
}

function describeUnknownKeys(issue: z.core.$ZodIssueUnrecognizedKeys, part: JsonSchema | undefined): string {
  const known = Object.keys(part?.properties ?? {});
  const shown = issue.keys.slice(0, mostKeys).map((key) => `"${showText(key)}"${suggestName(key, known)}`);
  const rest = issue.keys.length - shown.length;
  const unknown = [...shown, ...(rest > 0 ? [`${rest} more`] : [])];
  const place = issue.path.length === 0 ? '' : ` in ${formatPath(issue.path)}`;
  return `unknown key ${unknown.join(', ')}${place}, accepted are ${known.join(', ')}`;
}

/** The part of the schema that a path leads to, as JSON Schema; undefined where the schema says nothing. */
function schemaAt(schema: z.ZodType, path: Path): JsonSchema | undefined {
  let part: JsonSchema | undefined = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  for (const key of path) {
    const next: unknown =
      typeof key === 'number' ? part?.items : (ownValue(part?.properties, key) ?? part?.additionalProperties);
    part = isSchema(next) ? next : undefined;
  }
  return part;
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>(ownValue, data);
}

/** A file may call a key `constructor`, which every object has from elsewhere. */
function ownValue(value: unknown, key: PropertyKey): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
}

function describe(part: JsonSchema | undefined): string {
  if (part === undefined) return 'a value';
  if (part.const !== undefined) return String(part.const);
  if (part.enum !== undefined) return joinOr(part.enum.map(String));
  const alternatives = part.anyOf ?? part.oneOf;
  if (alternatives !== undefined) return joinOr(alternatives.filter(isSchema).map(describe));
  if (Array.isArray(part.type)) return joinOr(part.type.map((type) => describe({ type })));
  switch (part.type) {
    case 'integer':
      return `a whole number${describeRange(part)}`;
    case 'number':
      return `a number${describeRange(part)}`;
    case 'string':
      return describeText(part);
    case 'boolean':
      return 'true or false';
    case 'null':
      return 'nothing';
    case 'array':
      return `a list of ${(part.minItems ?? 0) > 0 ? 'one or more of ' : ''}${describeItems(part.items)}`;
    case 'object':
      return part.properties === undefined
        ? 'a mapping'
        : `a mapping with the keys ${Object.keys(part.properties).join(', ')}`;
    default:
      return 'a value';
  }
}

function describeItems(items: unknown): string {
  return isSchema(items) ? describe(items) : 'values';
}

function describeText({ minLength, maxLength }: JsonSchema): string {
  const most = maxLength === undefined ? '' : ` of at most ${maxLength} characters`;
  return `text${most}${(minLength ?? 0) > 0 ? ' that is not empty' : ''}`;
}

/** Bounds that only say how far a double is exact are no bounds to a person. */
function describeRange(part: JsonSchema): string {
  const exact = (bound: number | undefined) =>
    bound === undefined || Math.abs(bound) >= Number.MAX_SAFE_INTEGER ? undefined : bound;
  const lowest = exact(part.minimum);
  const highest = exact(part.maximum);
  if (lowest !== undefined && highest !== undefined) return ` from ${lowest} to ${highest}`;
  if (lowest !== undefined) return ` of at least ${lowest}`;
  return highest === undefined ? '' : ` of at most ${highest}`;
}

/** Text inside a list is shown as it is written; alone it is quoted, so that "4" and 4 differ. */
function describeItem(value: unknown, quoted = false): string {
  if (typeof value === 'string') return quoted ? showText(JSON.stringify(value)) : showText(value);
  return typeof value === 'object' && value !== null ? '...' : String(value);
}

function joinOr(words: readonly string[]): string {
  const unique = [...new Set(words)];
  return unique.length < 2
    ? (unique[0] ?? 'a value')
    : `${unique.slice(0, -1).join(', ')} or ${unique[unique.length - 1]}`;
}
