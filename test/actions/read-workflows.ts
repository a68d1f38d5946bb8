import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import * as z from 'zod';

export const home = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

const stepSchema = z.object({
  if: z.string().optional(),
  uses: z.string().optional(),
  run: z.string().optional(),
  with: z.record(z.string(), z.unknown()).default({}),
});

const jobSchema = z.object({
  needs: z.preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(z.string()).default([])),
  if: z.string().optional(),
  'runs-on': z.union([z.string(), z.array(z.string())]),
  'timeout-minutes': z.int(),
  permissions: z.record(z.string(), z.string()),
  concurrency: z.unknown().optional(),
  strategy: z.record(z.string(), z.unknown()).optional(),
  steps: z.array(stepSchema),
});

export const workflowSchema = z.object({
  name: z.string(),
  on: z.record(z.string(), z.unknown()),
  permissions: z.record(z.string(), z.string()),
  concurrency: z.strictObject({ group: z.string(), 'cancel-in-progress': z.boolean() }),
  jobs: z.record(z.string(), jobSchema),
});

export type Workflow = z.infer<typeof workflowSchema> & { readonly file: string; readonly text: string };
export type Job = z.infer<typeof jobSchema>;
export type Step = z.infer<typeof stepSchema>;

/** Every workflow of the repository; fails on one without permissions, deadlines or a concurrency group. */
export function readWorkflows(): readonly Workflow[] {
  return globSync('.github/workflows/*.yml', { cwd: home })
    .sort()
    .map((path) => {
      const text = readFileSync(`${home}/${path}`, 'utf8');
      return { ...workflowSchema.parse(parse(text)), file: path.replace(/^.*\//, ''), text };
    });
}

export interface NamedJob {
  readonly title: string;
  readonly workflow: Workflow;
  readonly id: string;
  readonly job: Job;
}

export function listJobs(workflows: readonly Workflow[]): readonly NamedJob[] {
  return workflows.flatMap((workflow) =>
    Object.entries(workflow.jobs).map(([id, job]) => ({ title: `${workflow.file}: ${id}`, workflow, id, job })),
  );
}
