import { readFile } from 'node:fs/promises';
import { ConfigurationError, messageOf } from '../errors.ts';
import { describeFound, describeIssue } from '../schema-words.ts';
import { type JournalLine, journalLineSchema, type Run, type RunLine } from './journal.schema.ts';
import { parseLine } from './whole-lines.ts';

const journalSchemaName = 'tunegate.run/1';

/** Kind of line to its schema: an error then speaks of the line that was meant. */
const schemaByKind = new Map(journalLineSchema.options.map((schema) => [schema.shape.kind.value as string, schema]));

/** A line and its number in the file, from 1. */
interface NumberedLine {
  readonly number: number;
  readonly line: JournalLine;
}

/**
 * The run in a folder that `tunegate measure --out` wrote.
 *
 * @throws ConfigurationError when there is no such folder, no journal in it, or the journal is damaged
 */
export async function readRun(folder: string): Promise<Run> {
  const file = `${folder.replace(/\/+$/, '')}/run.jsonl`;
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (thrown) {
    throw new ConfigurationError(
      `${folder} is no run folder: ${file} cannot be read (${messageOf(thrown).split(',')[0]}); a folder with the run.jsonl of \`tunegate measure\` is accepted`,
      { cause: thrown },
    );
  }
  return parseJournal(text, file);
}

/**
 * A journal as text, every line checked. A last line that a crash left half written is left out and named in
 * `warnings`; anything else that is not a journal line is an error with its line number.
 *
 * @param name the file's name in messages
 * @throws ConfigurationError
 */
export function parseJournal(text: string, name: string): Run {
  const warnings: string[] = [];
  const lines = readLines(text, name, warnings);
  const [first, ...rest] = lines;
  if (first === undefined || first.line.kind !== 'run') {
    const found = first === undefined ? 'no complete line' : `a line of kind "${first.line.kind}"`;
    throw new ConfigurationError(`${name}:1: a journal begins with a line of kind "run", found ${found}`);
  }
  return { ...sortLines(first.line, rest, name), warnings };
}

function readLines(text: string, name: string, warnings: string[]): NumberedLine[] {
  const pieces = text.split('\n');
  // What follows the last newline: nothing, unless the writer was stopped inside a line.
  const remainder = pieces.pop() ?? '';
  if (remainder !== '') pieces.push(remainder);
  return pieces.flatMap((piece, index) => {
    const number = index + 1;
    const isLast = number === pieces.length;
    const data = parseLine(piece);
    if (data === undefined && isLast) {
      warnings.push(`${name}:${number}: the last line was half written and is left out.`);
      return [];
    }
    if (isLast && remainder !== '')
      warnings.push(`${name}:${number}: the last line has no newline; it is complete and counts.`);
    if (data === undefined)
      throw new ConfigurationError(`${name}:${number}: expected one JSON object, found ${describeFound(piece)}`);
    return [{ number, line: checkLine(data, `${name}:${number}`) }];
  });
}

function checkLine(data: unknown, place: string): JournalLine {
  const kind: unknown = typeof data === 'object' && data !== null ? Reflect.get(data, 'kind') : undefined;
  const schema = schemaByKind.get(String(kind));
  if (schema === undefined) {
    const kinds = [...schemaByKind.keys()].join(', ');
    throw new ConfigurationError(`${place}: kind must be one of ${kinds}, found ${describeFound(kind)}`);
  }
  refuseOtherVersions(data, kind, place);
  const outcome = schema.safeParse(data);
  if (outcome.success) return outcome.data;
  const [issue] = outcome.error.issues;
  const finding = issue === undefined ? 'the line does not fit its schema' : describeIssue(issue, schema, data);
  throw new ConfigurationError(`${place}: ${finding} (line of kind "${String(kind)}")`);
}

/** A journal of another version differs in more than this word, so this is the finding to name. */
function refuseOtherVersions(data: unknown, kind: unknown, place: string): void {
  const schema: unknown = kind === 'run' ? Reflect.get(data as object, 'schema') : journalSchemaName;
  if (schema === journalSchemaName) return;
  throw new ConfigurationError(`${place}: schema must be "${journalSchemaName}", found ${describeFound(schema)}`);
}

function sortLines(header: RunLine, rest: readonly NumberedLine[], name: string): Omit<Run, 'warnings'> {
  const known = new Set<string>();
  const run = {
    header,
    deployments: [] as Run['deployments'][number][],
    samples: [] as Run['samples'][number][],
    deploymentEnds: [] as Run['deploymentEnds'][number][],
    resumedAfter: [] as number[],
    end: null as Run['end'],
  };
  for (const { number, line } of rest) {
    const fail = (finding: string) => new ConfigurationError(`${name}:${number}: ${finding}`);
    const requireKnown = (deployment: string) => {
      if (!known.has(deployment))
        throw fail(`deployment must be one that an earlier line names, found "${deployment}"`);
    };
    switch (line.kind) {
      case 'run':
        throw fail('a second line of kind "run", one is accepted');
      case 'deployment':
        if (known.has(line.id)) throw fail(`deployment "${line.id}" appears twice, once is accepted`);
        known.add(line.id);
        run.deployments.push(line);
        break;
      case 'sample':
        requireKnown(line.deployment);
        run.samples.push(line);
        break;
      case 'deployment-end':
        requireKnown(line.id);
        run.deploymentEnds.push(line);
        break;
      case 'resume':
        run.resumedAfter.push(run.deployments.length);
        run.end = null;
        break;
      case 'run-end':
        if (run.end !== null) throw fail('a second line of kind "run-end", accepted only after one of kind "resume"');
        run.end = line;
        break;
    }
  }
  return run;
}
