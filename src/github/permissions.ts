import * as z from 'zod';
import type { GitHub, RepositoryName } from './client.ts';
import { parseAnswer } from './parse-answer.ts';
import { statusOf } from './request-errors.ts';

const permissionSchema = z.object({
  /** `maintain` is told as write, `triage` as read. */
  permission: z.string().max(100),
  /** null: nobody of that name. */
  user: z.object({ login: z.string().max(200) }).nullable(),
});

/** Those of the logins who have write permission. The token needs no more than to read the repository. */
export async function readWriters(
  client: GitHub,
  repository: RepositoryName,
  logins: readonly string[],
): Promise<ReadonlySet<string>> {
  const writers = new Set<string>();
  for (const login of logins) {
    if (await mayWrite(client, repository, login)) writers.add(login);
  }
  return writers;
}

async function mayWrite(client: GitHub, repository: RepositoryName, login: string): Promise<boolean> {
  try {
    const { data } = await client.rest.repos.getCollaboratorPermissionLevel({ ...repository, username: login });
    const { permission, user } = parseAnswer(permissionSchema, data, `the permission of ${login}`);
    // A name that has passed on to somebody else answers with the other's.
    return user?.login === login && (permission === 'admin' || permission === 'write');
  } catch (error) {
    // Apps and accounts that are gone are not known as collaborators.
    if (statusOf(error) === 404) return false;
    throw error;
  }
}
