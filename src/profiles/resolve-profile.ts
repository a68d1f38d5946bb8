import { createHash } from 'node:crypto';
import { ConfigurationError, messageOf } from '../errors.ts';
import { describeFound } from '../schema-words.ts';
import { joinFindings, parseYamlDocument, requireName, type YamlDocument } from '../yaml-document.ts';
import { type Catalogue, catalogue } from './catalogue.ts';
import type { Parameter } from './parameter.ts';
import { type ParameterValue, type Profile, type ProfileDocument, profileSchema } from './profile.schema.ts';
import { describeUnknownParameter } from './unknown-parameter.ts';

export interface NamedText {
  readonly text: string;
  /** As messages show it. */
  readonly fileName: string;
}

/** Finds the file of a profile by its name; throws `ConfigurationError`, naming those that exist, when there is none. */
export type ReadProfileText = (name: string) => NamedText | Promise<NamedText>;

type ProfileFile = YamlDocument<ProfileDocument>;

/** A chain of `extends` that is longer can no longer be read by a person. */
const longestChain = 8;

/**
 * A profile with everything that `extends` brings, checked against the catalogue, which is the allow-list.
 * Values come out canonical (`[0, 1]` and `0-1` are one CPU list), so that equal tunings have equal hashes.
 */
export async function resolveProfile(
  name: string,
  readText: ReadProfileText,
  parameters: Catalogue = catalogue,
): Promise<Profile> {
  const chain = await readChain(name, readText);
  const values = new Map<string, ParameterValue>();
  for (const document of chain.toReversed()) mergeParameters(values, document, parameters);
  const sorted = Object.fromEntries([...values].sort(([left], [right]) => (left < right ? -1 : 1)));
  const own = chain[0]?.value;
  return {
    name,
    description: own?.description ?? null,
    compareTo: own?.compareTo ?? null,
    parameters: sorted,
    sha256: createHash('sha256').update(JSON.stringify(sorted)).digest('hex'),
  };
}

/** A profile that stands alone, under whatever name: `baseline.yaml` of a plan directory. One that extends is refused. */
export async function parseResolvedProfile(file: NamedText, parameters: Catalogue = catalogue): Promise<Profile> {
  const document = parseYamlDocument(file.text, file.fileName, profileSchema);
  if (document.value.extends !== undefined) {
    const place = document.where(['extends'], 'key');
    throw new ConfigurationError(`${place}: this profile extends another, one that stands alone is accepted here`);
  }
  return resolveProfile(document.value.name, () => file, parameters);
}

/** The profile itself first, then what it extends, and so on. */
async function readChain(name: string, readText: ReadProfileText): Promise<readonly ProfileFile[]> {
  const chain = [parseProfile(name, await readText(name))];
  for (;;) {
    const child = chain.at(-1);
    const parent = child?.value.extends;
    if (child === undefined || parent === undefined) return chain;
    chain.push(parseProfile(parent, await readParent(parent, child, chain, readText)));
  }
}

function parseProfile(name: string, { text, fileName }: NamedText): ProfileFile {
  const document = parseYamlDocument(text, fileName, profileSchema);
  requireName(document, name);
  return document;
}

async function readParent(
  name: string,
  child: ProfileFile,
  chain: readonly ProfileFile[],
  readText: ReadProfileText,
): Promise<NamedText> {
  const place = child.where(['extends']);
  const names = chain.map(({ value }) => value.name);
  if (names.includes(name)) {
    const circle = [...names, name].join(' -> ');
    throw new ConfigurationError(`${place}: extends leads in a circle (${circle}), a chain with an end is accepted`);
  }
  if (chain.length >= longestChain) {
    throw new ConfigurationError(
      `${place}: extends "${name}" is profile ${chain.length + 1} of a chain, at most ${longestChain} are accepted`,
    );
  }
  try {
    return await readText(name);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    throw new ConfigurationError(`${place}: extends: ${messageOf(error)}`, { cause: error });
  }
}

function mergeParameters(values: Map<string, ParameterValue>, document: ProfileFile, parameters: Catalogue): void {
  const problems: (() => string)[] = [];
  for (const [name, value] of Object.entries(document.value.parameters)) {
    const parameter = parameters.get(name);
    if (parameter === undefined) {
      problems.push(
        () => `${document.where(['parameters', name], 'key')}: ${describeUnknownParameter(name, parameters)}`,
      );
    } else if (value === null) {
      values.delete(name);
    } else {
      const outcome = parameter.schema.safeParse(value);
      if (outcome.success) values.set(name, outcome.data);
      else
        problems.push(
          () => `${document.where(['parameters', name])}: ${describeRefusal(parameter, value, outcome.error)}`,
        );
    }
  }
  if (problems.length > 0) throw new ConfigurationError(joinFindings(problems));
}

function describeRefusal(
  parameter: Parameter,
  value: ParameterValue,
  error: { issues: readonly { code: string; message: string }[] },
): string {
  // The words of other findings are the schema library's; `accepted` says the same to a person.
  const reason = error.issues.find(({ code }) => code === 'custom')?.message;
  const because = reason === undefined ? '' : ` (${reason})`;
  return `${parameter.name} must be ${parameter.accepted}, found ${describeFound(value)}${because}`;
}
