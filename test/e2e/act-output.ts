import * as z from 'zod';

/** What we read of a line of `act --json`: one object a line, other fields vary with the kind of line. */
const lineSchema = z.object({
  jobID: z.string().optional(),
  matrix: z.record(z.string(), z.unknown()).optional(),
  step: z.string().optional(),
  /** Pre, Main or Post; empty for act's own steps. */
  stage: z.string().optional(),
  stepResult: z.string().optional(),
  jobResult: z.string().optional(),
  raw_output: z.boolean().optional(),
  command: z.string().optional(),
  content: z.string().optional(),
  msg: z.string().optional(),
});

type Line = z.infer<typeof lineSchema>;

export interface StepEnd {
  readonly step: string;
  /** Main or Post. */
  readonly stage: string;
  readonly result: string;
}

/** One job, or one leg of a matrix. */
export interface JobEnd {
  readonly id: string;
  readonly matrix: Readonly<Record<string, unknown>>;
  /** act's word; for a matrix it is one for all legs, so look at the steps. */
  readonly result: string;
  readonly steps: readonly StepEnd[];
}

/** Lines that are no JSON are act's own warnings. */
export function parseLines(output: string): readonly Line[] {
  return output.split('\n').flatMap((line) => {
    if (!line.startsWith('{')) return [];
    try {
      return [lineSchema.parse(JSON.parse(line))];
    } catch {
      // The last line of a killed act ends in the middle.
      return [];
    }
  });
}

/** Jobs that did something, in the order of their first line. A job that act skips does nothing and is not there. */
export function listJobs(output: string): readonly JobEnd[] {
  const legs = Map.groupBy(
    parseLines(output).filter(({ jobID }) => jobID !== undefined),
    ({ jobID = '', matrix = {} }) => `${jobID} ${JSON.stringify(matrix)}`,
  );
  return [...legs.values()].flatMap((lines) => {
    const steps = lines.flatMap(readStepEnd);
    if (steps.length === 0) return [];
    const result = lines.findLast(({ jobResult }) => jobResult !== undefined)?.jobResult ?? 'unknown';
    return [{ id: lines[0]?.jobID ?? '', matrix: lines[0]?.matrix ?? {}, result, steps }];
  });
}

function readStepEnd({ step, stage, stepResult }: Line): readonly StepEnd[] {
  if (step === undefined || stepResult === undefined || (stage !== 'Main' && stage !== 'Post')) return [];
  return [{ step, stage, result: stepResult }];
}

/** What the steps printed, job by job as it came; for people who look for the reason of a failure. */
export function renderLog(output: string): string {
  return parseLines(output)
    .map(({ jobID = 'act', stage = '', msg = '' }) => `[${jobID} ${stage}] ${msg.trimEnd()}`)
    .join('\n');
}
