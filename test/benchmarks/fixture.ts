import { readFileSync } from 'node:fs';
import * as z from 'zod';
import type { ToolOutput } from '../../src/benchmarks/benchmark.ts';

/** One invocation of a real tool, as `record-fixtures.ts` wrote it down. */
export const fixtureSchema = z.strictObject({
  /** What was done to the path or the servers. */
  situation: z.string(),
  /** Name and version of the tool. */
  tool: z.string(),
  argv: z.array(z.string()).min(1),
  exitCode: z.int().nullable(),
  timedOut: z.boolean(),
  /** Line by line, for whoever reads the file. */
  stdout: z.array(z.string()),
  stderr: z.array(z.string()),
});

export type Fixture = z.infer<typeof fixtureSchema>;

export const fixtureFolder = new URL('../fixtures/benchmarks/', import.meta.url);

/** The recorded case, by the name of its file. */
export function readFixture(name: string): Fixture {
  return fixtureSchema.parse(JSON.parse(readFileSync(new URL(`${name}.json`, fixtureFolder), 'utf8')));
}

/** What the machine handed over when the case was recorded. */
export function readOutput(name: string): ToolOutput {
  const { exitCode, timedOut, stdout, stderr } = readFixture(name);
  return { exitCode, timedOut, stdout: stdout.join('\n'), stderr: stderr.join('\n') };
}
