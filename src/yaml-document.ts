import { LineCounter } from 'yaml';
import type * as z from 'zod';
import { ConfigurationError } from './errors.ts';
import { describeIssue } from './schema-words.ts';
import { withoutSteering } from './show-text.ts';
import { readYamlSource, type YamlSource } from './yaml-source.ts';

/** A file that a person wrote, checked; it still knows where everything stood. */
export interface YamlDocument<Value> {
  readonly value: Value;
  readonly fileName: string;
  /** `FILE:LINE:COLUMN` of the value, or the key, at a path; of the nearest part that is there otherwise. */
  where(path: readonly PropertyKey[], part?: 'key' | 'value'): string;
}

/** Characters: more than any profile, plan or policy needs, few enough to parse at once. */
const longestText = 64 * 1024;

/** So many findings of one file are shown; people mend one at a time. */
const mostFindings = 5;

/** Of so many findings of the schema the place is looked up, which takes a walk through the file for each. */
const mostLocated = 50;

/**
 * YAML text checked against a strict schema. Anything else throws `ConfigurationError` in one line:
 * `plans/smoke.yaml:7:14: deployments must be a whole number from 1 to 100, found "four"`.
 */
export function parseYamlDocument<Value>(
  text: string,
  fileName: string,
  schema: z.ZodType<Value>,
): YamlDocument<Value> {
  if (text.length > longestText) {
    const found = `the file has ${text.length} characters`;
    throw new ConfigurationError(`${fileName}: ${found}, at most ${longestText} are accepted`);
  }
  const lines = new LineCounter();
  const source = readYamlSource(text, lines);
  const outcome = source.problems.length > 0 ? null : schema.safeParse(source.data);
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    // A text without any content has no lines; it is reported at its beginning.
    return `${fileName}:${Math.max(line, 1)}:${Math.max(col, 1)}`;
  };
  if (outcome?.success) {
    return { value: outcome.data, fileName, where: (path, part = 'value') => place(source.offsetOf(path, part)) };
  }
  const issues = outcome?.error.issues ?? [];
  const located = issues.slice(0, mostLocated).map((issue) => locateIssue(issue, schema, source));
  const findings = [
    ...source.problems.map(({ offset, sentence }) => ({ offset, describe: () => sentence })),
    ...located,
  ]
    .sort((left, right) => left.offset - right.offset)
    .map(
      ({ offset, describe }) =>
        () =>
          `${place(offset)}: ${describe()}`,
    );
  throw new ConfigurationError(joinFindings(findings, issues.length - located.length));
}

/** A profile or plan is found by its file's name, so the name inside must be the same. */
export function requireName(document: YamlDocument<{ readonly name: string }>, expected: string): void {
  const found = document.value.name;
  if (found === expected) return;
  const place = document.where(['name']);
  throw new ConfigurationError(`${place}: name must be "${expected}" like the file's, found "${found}"`);
}

/**
 * The first findings in one line, the others counted; whatever a file brought in cannot steer the terminal.
 * A finding may be a function, which is called only if it is shown: a hostile file has thousands of them.
 *
 * @param others how many there are beside those in the list
 */
export function joinFindings(findings: readonly (string | (() => string))[], others = 0): string {
  const shown = findings.slice(0, mostFindings).map((finding) => (typeof finding === 'string' ? finding : finding()));
  const rest = findings.length - shown.length + others;
  return withoutSteering([...shown, ...(rest > 0 ? [`and ${rest} more`] : [])].join('; '));
}

function locateIssue(issue: z.core.$ZodIssue, schema: z.ZodType, source: YamlSource) {
  const offset =
    issue.code === 'unrecognized_keys'
      ? source.offsetOf([...issue.path, issue.keys[0] ?? ''], 'key')
      : source.offsetOf(issue.path, 'value');
  return { offset, describe: () => describeIssue(issue, schema, source.data) };
}
