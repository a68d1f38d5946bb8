import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';

const packageSchema = z.object({ version: z.string() });

/** Version of this checkout, from its package.json. */
export async function tunegateVersion(home: string): Promise<string> {
  return packageSchema.parse(JSON.parse(await readFile(join(home, 'package.json'), 'utf8'))).version;
}
