import { ConfigurationError } from '../../src/errors.ts';
import { type RootVerb, rootIdSchema, rootVerbs } from '../../src/hosts/root-requests.schema.ts';
import { describeFound } from '../../src/schema-words.ts';

export interface RootOrder {
  readonly verb: RootVerb;
  readonly id: string;
}

const accepted = `\`tunegate-root VERB ID\` is accepted, VERB one of ${rootVerbs.join(', ')}, ID 1 to 64 of a-z, 0-9 and - (not first)`;

/** Exactly a verb and an id: no flags, no paths. Throws `ConfigurationError`. */
export function parseRootArguments(args: readonly string[]): RootOrder {
  const [word, name, ...others] = args;
  const verb = rootVerbs.find((candidate) => candidate === word);
  if (verb === undefined) throw refuse(word === undefined ? 'there is no verb' : `the verb is ${describeFound(word)}`);
  const id = rootIdSchema.safeParse(name);
  if (!id.success) throw refuse(name === undefined ? 'there is no id' : `the id is ${describeFound(name)}`);
  if (others.length > 0) throw refuse(`${others.length} more arguments follow`);
  return { verb, id: id.data };
}

function refuse(found: string): ConfigurationError {
  return new ConfigurationError(`${found}; ${accepted}`);
}
