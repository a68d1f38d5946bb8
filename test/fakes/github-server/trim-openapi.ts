import { readFile, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import * as z from 'zod';
import { operationIds } from './operations.ts';

/**
 * Writes `openapi.json`: GitHub's own description of the operations in `operations.ts` and of what they refer to,
 * without prose and examples. The package is 385 MB unpacked, so it is not a dependency:
 *
 *     npm pack @octokit/openapi@23.0.2      in a folder elsewhere, then unpack package/generated/api.github.com.json
 *     node test/fakes/github-server/trim-openapi.ts FOLDER/package/generated/api.github.com.json
 */

type Json = unknown;
type JsonObject = Readonly<Record<string, Json>>;

const sourceSchema = z.looseObject({
  info: z.looseObject({ version: z.string() }),
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
});

/** What a person reads and a validator does not. */
const prose = new Set(['description', 'summary', 'title', 'example', 'examples', 'externalDocs', 'tags', 'deprecated']);

/** Under these keys stand names somebody chose, so that `description` there is a property and no prose. */
const mapsOfNames = new Set(['properties', 'patternProperties', 'responses', 'content', 'parameters', 'schemas']);

export async function trimDescription(sourceFile: string): Promise<string> {
  const source = sourceSchema.parse(JSON.parse(await readFile(sourceFile, 'utf8')));
  const wanted = new Set<string>(operationIds);
  const paths: Record<string, Record<string, Json>> = {};
  for (const [path, item] of Object.entries(source.paths)) {
    for (const [method, operation] of Object.entries(item)) {
      if (!isObject(operation) || typeof operation.operationId !== 'string' || !wanted.delete(operation.operationId)) {
        continue;
      }
      paths[path] = { ...paths[path], [method]: loosenRefusals(trim(operation)) };
    }
  }
  if (wanted.size > 0) throw new Error(`GitHub's description has no operation ${[...wanted].join(', ')}`);
  return writeDocument(source.info.version, paths, collectComponents(source, paths));
}

/** One line for each path and component: short enough to keep, and a difference can be read. */
function writeDocument(version: string, paths: JsonObject, components: ReadonlyMap<string, Json>): string {
  const groups = Map.groupBy(components, ([reference]) => reference.split('/')[2] ?? '');
  const lines = (entries: readonly (readonly [string, Json])[], indent: string) =>
    [...entries]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => `${indent}${JSON.stringify(name)}: ${JSON.stringify(value)}`)
      .join(',\n');
  const written = [...groups].map(
    ([group, entries]) =>
      `    ${JSON.stringify(group)}: {\n${lines(
        entries.map(([reference, value]) => [reference.split('/').slice(3).join('/'), value] as const),
        '      ',
      )}\n    }`,
  );
  const info = { title: 'GitHub REST API, trimmed', version: `@octokit/openapi ${version}` };
  return `{\n  "openapi": "3.0.3",\n  "info": ${JSON.stringify(info)},\n  "paths": {\n${lines(Object.entries(paths), '    ')}\n  },\n  "components": {\n${written.join(',\n')}\n  }\n}\n`;
}

function collectComponents(source: JsonObject, paths: JsonObject): Map<string, Json> {
  const found = new Map<string, Json>();
  const waiting = listReferences(paths);
  for (let reference = waiting.pop(); reference !== undefined; reference = waiting.pop()) {
    if (found.has(reference)) continue;
    const component = correct(reference, trim(resolve(source, reference)));
    found.set(reference, component);
    waiting.push(...listReferences(component));
  }
  return found;
}

/** Several forms of one refusal leave so much open that most bodies fit more than one of them: any will do. */
function loosenRefusals(operation: Json): Json {
  if (!isObject(operation) || !isObject(operation.responses)) return operation;
  const loosened = Object.entries(operation.responses).map(([status, response]): [string, Json] => {
    const text = JSON.stringify(response);
    const parsed: unknown = status >= '400' ? JSON.parse(text.replaceAll('"oneOf":', '"anyOf":')) : response;
    return [status, parsed];
  });
  return { ...operation, responses: Object.fromEntries(loosened) };
}

/** Where GitHub's description is known to be wrong: labels in lists of pull requests have null for no description, too. */
function correct(reference: string, component: Json): Json {
  if (reference !== '#/components/schemas/pull-request-simple') return component;
  const text = JSON.stringify(component);
  const corrected = text.replace(
    '"name":{"type":"string"},"description":{"type":"string"}',
    '"name":{"type":"string"},"description":{"type":"string","nullable":true}',
  );
  if (corrected === text)
    throw new Error('labels of pull-request-simple are described otherwise now: look at the correction');
  const parsed: unknown = JSON.parse(corrected);
  return parsed;
}

function resolve(source: JsonObject, reference: string): Json {
  return reference
    .slice('#/'.length)
    .split('/')
    .reduce<Json>((node, key) => (isObject(node) ? node[key.replaceAll('~1', '/')] : undefined), source);
}

function listReferences(node: Json): string[] {
  if (Array.isArray(node)) return node.flatMap(listReferences);
  if (!isObject(node)) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    key === '$ref' && typeof value === 'string' ? [value] : listReferences(value),
  );
}

function trim(node: Json, names = false): Json {
  if (Array.isArray(node)) return node.map((item) => trim(item));
  if (!isObject(node)) return node;
  const kept = Object.entries(node)
    .filter(([key]) => names || (!prose.has(key) && !key.startsWith('x-') && key !== 'headers'))
    .map(([key, value]): [string, Json] => [
      key,
      key === 'enum' || key === 'default' ? value : trim(value, !names && mapsOfNames.has(key)),
    ]);
  return names ? Object.fromEntries(kept) : mendNullable(Object.fromEntries(kept));
}

/** `nullable` beside a reference or a choice is no schema to a validator: it asks for `type` beside it, and for null in `enum`. */
function mendNullable(schema: JsonObject): JsonObject {
  if (schema.nullable !== true) return schema;
  if (schema.type === undefined) {
    const { nullable: _, ...rest } = schema;
    return { anyOf: [rest, { type: 'object', nullable: true, enum: [null] }] };
  }
  if (Array.isArray(schema.enum) && !schema.enum.includes(null)) return { ...schema, enum: [...schema.enum, null] };
  return schema;
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [sourceFile] = process.argv.slice(2);
  if (sourceFile === undefined) throw new Error('usage: trim-openapi.ts FOLDER/generated/api.github.com.json');
  await writeFile(new URL('./openapi.json', import.meta.url), await trimDescription(sourceFile));
}
