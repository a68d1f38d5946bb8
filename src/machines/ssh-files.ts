import { messageOf } from '../errors.ts';
import type { Machine, WriteOptions } from './machine.ts';
import { absentExitCode, buildRead, buildReadMany, buildWrite } from './ssh-scripts.ts';

type Runner = Pick<Machine, 'name' | 'run'>;

/** For a file as large as output may be, over a slow line. */
const timeoutSeconds = 120;

export async function readOverSsh({ name, run }: Runner, path: string): Promise<string | null> {
  const { exitCode, stdout, stderr } = await run(buildRead(path), { timeoutSeconds, allowFailure: true });
  if (exitCode === absentExitCode) return null;
  if (exitCode === 0) return stdout;
  throw new Error(`cannot read ${path} on ${name}: ${stderr.trim() || 'it was cut short'}`);
}

/** Small files, one round trip for all of them; null for what cannot be read. */
export async function readManyOverSsh(
  { name, run }: Runner,
  paths: readonly string[],
): Promise<readonly (string | null)[]> {
  if (paths.length === 0) return [];
  const { stdout } = await run(buildReadMany(paths), { timeoutSeconds });
  const lines = stdout.split('\n').slice(0, -1);
  if (lines.length !== paths.length) throw new Error(`what was read on ${name} was cut short`);
  return lines.map((line) => (line === '-' ? null : Buffer.from(line.slice(1), 'hex').toString('utf8')));
}

export async function writeOverSsh(
  { name, run }: Runner,
  path: string,
  text: string,
  { mode }: WriteOptions = {},
): Promise<void> {
  try {
    await run(buildWrite(path, Buffer.byteLength(text), mode), { timeoutSeconds, input: text });
  } catch (thrown) {
    throw new Error(`cannot write ${path} on ${name}: ${messageOf(thrown)}`, { cause: thrown });
  }
}
