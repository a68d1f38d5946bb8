import type { Readable } from 'node:stream';
import type * as z from 'zod';
import { ConfigurationError, messageOf } from '../../src/errors.ts';
import { largestDocument } from '../../src/hosts/root-requests.schema.ts';
import { describeProblems } from '../../src/schema-words.ts';

/** How long whoever calls may take to hand over the document, seconds. */
const patienceSeconds = 30;

/** The one JSON document on standard input. Whatever else comes is refused before anything is done. */
export async function readDocument<Schema extends z.ZodType>(
  stdin: Readable,
  schema: Schema,
): Promise<z.output<Schema>> {
  const outcome = schema.safeParse(parseJson(await readText(stdin)));
  if (outcome.success) return outcome.data;
  const findings = describeProblems(outcome.error).replace(/\p{Cc}/gu, '?');
  throw refuse(`is not what this verb takes: ${findings.slice(0, 1000)}`);
}

async function readText(stdin: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  const deadline = setTimeout(
    () => stdin.destroy(refuse(`did not end within ${patienceSeconds} s`)),
    patienceSeconds * 1000,
  );
  try {
    for await (const chunk of stdin) {
      chunks.push(Buffer.from(chunk));
      size += Buffer.byteLength(chunk);
      if (size > largestDocument) throw refuse(`is longer than ${largestDocument} bytes`);
    }
  } finally {
    clearTimeout(deadline);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch (thrown) {
    throw refuse('is not text in UTF-8', thrown);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    const said = messageOf(thrown).replace(/\p{Cc}/gu, '?');
    throw refuse(`is not JSON (${said.slice(0, 200)})`, thrown);
  }
}

function refuse(found: string, cause?: unknown): ConfigurationError {
  return new ConfigurationError(`the document on standard input ${found}; one JSON document is accepted`, { cause });
}
