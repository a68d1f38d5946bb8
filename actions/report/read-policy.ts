import * as z from 'zod';
import { parsePolicy } from '../../src/comparison/parse-policy.ts';
import { defaultPolicy, type Policy } from '../../src/comparison/policy.schema.ts';
import { ConfigurationError } from '../../src/errors.ts';
import type { GitHub, RepositoryName } from '../../src/github/client.ts';
import { parseAnswer } from '../../src/github/parse-answer.ts';
import { statusOf } from '../../src/github/request-errors.ts';

const fileSchema = z.object({
  type: z.literal('file'),
  size: z
    .int()
    .min(0)
    .max(256 * 1024),
  encoding: z.literal('base64'),
  content: z.string(),
});

/**
 * The policy on the default branch: margins and gate are the lab's, and no pull request changes what it is judged by.
 * Without such a file the usual policy holds.
 *
 * @throws ConfigurationError when the file is no policy
 */
export async function readPolicy(github: GitHub, repository: RepositoryName, path: string): Promise<Policy> {
  let data: unknown;
  try {
    // Without `ref` this is the default branch.
    data = (await github.rest.repos.getContent({ ...repository, path })).data;
  } catch (thrown) {
    if (statusOf(thrown) === 404) return defaultPolicy;
    throw thrown;
  }
  if (Array.isArray(data)) throw new ConfigurationError(`policy: ${path} is a folder, a YAML file is accepted`);
  const { content } = parseAnswer(fileSchema, data, `the policy ${path}`);
  return parsePolicy(Buffer.from(content, 'base64').toString('utf8'), path);
}
